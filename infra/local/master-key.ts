import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** A host's master key (主密钥), 32 bytes in a file that only its owner may read; made once, never overwritten. */
export function masterKey(file: string): Uint8Array {
  try {
    const made = openSync(file, 'wx', 0o600);
    writeSync(made, randomBytes(32));
    closeSync(made);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file);
}
