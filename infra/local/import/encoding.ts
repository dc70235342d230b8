import { isAscii, isUtf8 } from 'node:buffer';

const begins = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

/** Byte order mark (字节顺序标记) of UTF-8. */
export const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;
export const isMarkedUtf8 = (beginning: Uint8Array): boolean => begins(beginning, UTF8_MARK);

const SAVE_AS = '请在表格软件中另存为“CSV UTF-8（逗号分隔）”后再导入';
const UTF16 = `文件是 UTF-16 编码（“Unicode 文本”）：${SAVE_AS}`;

/** What is no CSV file, by how it begins. */
const FOREIGN: readonly (readonly [beginning: readonly number[], told: string])[] = [
  [[0xff, 0xfe], UTF16],
  [[0xfe, 0xff], UTF16],
  [[0x50, 0x4b, 0x03, 0x04], `文件是工作簿（.xlsx）或者压缩包，不是文本：${SAVE_AS}`],
  [[0xd0, 0xcf, 0x11, 0xe0], `文件是工作簿（.xls），不是文本：${SAVE_AS}`],
];

/** Why a file that begins so cannot be read as CSV, in Chinese; nothing where it may be. */
export const foreignness = (beginning: Uint8Array): string | undefined =>
  FOREIGN.find(([mark]) => begins(beginning, mark))?.[1] ?? (beginning.includes(0) ? `文件不是文本：${SAVE_AS}` : undefined);

/**
 * 文件的编码: one for a whole file, UTF-8 or GB18030; the first record that tells decides, which is the header where it is in Chinese.
 * Gives the decoder of one record after the other: its text, or `undefined` where it is not in the file's encoding.
 *
 * Both leave every byte below 0x30 to ASCII, so that quotes, commas and line breaks can be found before anything is decoded.
 */
export function recordDecoder({ utf8 }: { readonly utf8: boolean }): (bytes: Uint8Array) => string | undefined {
  let encoding: keyof typeof DECODED | undefined = utf8 ? 'utf-8' : undefined;
  return (bytes) => {
    if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const own = encoding ?? (isChineseInUtf8(bytes) ? 'utf-8' : 'gb18030');
    const text = DECODED[own](bytes);
    if (text !== undefined) encoding = own;
    return text;
  };
}

/** Chinese takes three bytes in UTF-8. Short GB18030 texts happen to be sound UTF-8 of two (缺席), hardly ever of three. */
const isChineseInUtf8 = (bytes: Uint8Array): boolean => isUtf8(bytes) && bytes.some((byte) => byte >= 0xe0);

const DECODED = {
  'utf-8': (bytes: Uint8Array) => (isUtf8(bytes) ? new TextDecoder().decode(bytes) : undefined),
  gb18030: (bytes: Uint8Array) => (isChineseInUtf8(bytes) ? undefined : decoded(bytes)),
} as const;

const gb18030 = new TextDecoder('gb18030', { fatal: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return gb18030.decode(bytes);
  } catch {
    return undefined;
  }
}
