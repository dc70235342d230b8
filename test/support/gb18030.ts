/** 汉字 and their two bytes in GB18030, turned round from what the platform decodes. */
const TWO_BYTES = new Map<string, readonly [number, number]>();
const decoder = new TextDecoder('gb18030');
for (let first = 0x81; first <= 0xfe; first += 1) {
  for (let second = 0x40; second <= 0xfe; second += 1) {
    if (second === 0x7f) continue;
    const text = decoder.decode(Uint8Array.of(first, second));
    if ([...text].length === 1 && text !== '\ufffd' && !TWO_BYTES.has(text)) TWO_BYTES.set(text, [first, second]);
  }
}

/** A text in GB18030, which the platform reads but does not write. Throws RangeError for what takes four bytes there. */
export function inGb18030(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap((each) => {
      const code = each.codePointAt(0) as number;
      const bytes = code < 0x80 ? [code] : TWO_BYTES.get(each);
      if (!bytes) throw new RangeError('not two bytes of GB18030');
      return bytes;
    }),
  );
}
