import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { isMarkedUtf8, UTF8_MARK } from './encoding.ts';

/** A file that cannot be imported at all; the message says in Chinese why, and nothing of what it holds. */
export class InvalidFile extends Error {
  override readonly name = 'InvalidFile';
}

/** A file to be imported, open. */
export interface Source {
  /** Bytes. */
  readonly size: number;
  /** Its first bytes. */
  readonly beginning: Uint8Array;
  /** Bytes read so far. */
  readonly read: number;
  /** From the first byte that is no mark of an encoding; to be read once. */
  readonly content: Readable;
}

/** How much of it tells what it is. */
const BEGINNING = 4096;

/** Throws {@link InvalidFile} where there is nothing to import, and the system's own error for what cannot be opened. */
export async function openSource(file: string): Promise<Source> {
  const handle = await open(file);
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new InvalidFile('所给的不是一个文件');
    if (status.size === 0) throw new InvalidFile('文件是空的');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    const beginning = buffer.subarray(0, bytesRead);
    const start = isMarkedUtf8(beginning) ? UTF8_MARK.length : 0;
    const content = handle.createReadStream({ start });
    return {
      size: status.size,
      beginning,
      content,
      get read() {
        return start + content.bytesRead;
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
