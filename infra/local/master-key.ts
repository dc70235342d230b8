import { randomBytes } from 'node:crypto';
import { keptFile } from './kept-file.ts';

/** A host's master key (主密钥), 32 bytes in a file that only its owner may read; made once, never overwritten. */
export const masterKey = (file: string): Uint8Array => keptFile(file, () => randomBytes(32));
