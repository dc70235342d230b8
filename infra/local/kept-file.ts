import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A secret in a file that only its owner may read (密钥文件): made once, whole and on the disk before it has its name, never overwritten.
 * A process that dies while it makes one leaves nothing under the name.
 */
export function keptFile(file: string, make: () => string | Uint8Array): Buffer {
  const held = contentOf(file);
  if (held) return held;
  const begun = `${file}.${randomUUID()}`;
  try {
    const made = openSync(begun, 'wx', 0o600);
    try {
      writeFileSync(made, make());
      fsyncSync(made);
    } finally {
      closeSync(made);
    }
    linkSync(begun, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(begun, { force: true });
  }
  return readFileSync(file);
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
