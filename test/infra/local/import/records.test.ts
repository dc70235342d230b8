import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, normal } from '../../../../infra/local/import/cells.ts';
import { RECORD_AT_MOST, splitRecords } from '../../../../infra/local/import/records.ts';

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const split = async (text: string, { chunk = 7, atMost = RECORD_AT_MOST } = {}): Promise<(readonly [number, string])[]> => {
  const found: (readonly [number, string])[] = [];
  for await (const record of splitRecords(inChunks(Buffer.from(text), chunk), atMost)) {
    found.push([record.line, 'fault' in record ? record.fault : Buffer.from(record.bytes).toString()]);
  }
  return found;
};

describe('the records of a CSV file', () => {
  test.each(['\r\n', '\n', '\r'])('end with %j, the last with or without one', async (end) => {
    const text = ['a,b', '', '1,"x, ""y"""', '2,3'].join(end);
    const records = [
      [1, 'a,b'],
      [2, ''],
      [3, '1,"x, ""y"""'],
      [4, '2,3'],
    ];
    for (const chunk of [1, 2, 3, 1000]) {
      expect(await split(text, { chunk })).toEqual(records);
      expect(await split(text + end, { chunk })).toEqual(records);
    }
  });

  test('may have line breaks within quotes, which the lines after are counted by', async () => {
    expect(await split('a\n1,"x\r\ny\nz"\n2\n')).toEqual([
      [1, 'a'],
      [2, '1,"x\r\ny\nz"'],
      [5, '2'],
    ]);
  });

  test.each([
    ['a quote that does not close', '"x,1\n2\n3\n'],
    ['a quote that closes before the cell ends', '"x"y,1\n2\n3\n'],
    ['a quote within a cell', 'x"y,1\n2\n3\n'],
    ['a quote that closes lines below, before the cell ends', '"x,1\n2\n3\n4,"y"\n'],
  ])('%s costs its own line and no other', async (_, text) => {
    for (const chunk of [1, 5, 1000]) {
      const [first, ...rest] = await split(text, { chunk });
      expect(first).toEqual([1, 'quotes']);
      expect(rest.slice(0, 2)).toEqual([
        [2, '2'],
        [3, '3'],
      ]);
    }
  });

  test('a quote that does not close is looked for no further than a record is long', async () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line-${at}`);
    expect(await split(['"x', ...lines].join('\n'), { atMost: 30 })).toEqual([[1, 'quotes'], ...lines.map((line, at) => [at + 2, line])]);
  });

  test('are taken up to their greatest length, and refused a byte beyond it', async () => {
    expect(await split(`${'x'.repeat(20)}\n1\n`, { atMost: 20 })).toEqual([
      [1, 'x'.repeat(20)],
      [2, '1'],
    ]);
    for (const chunk of [1, 8, 1000]) {
      expect(await split(`${'x'.repeat(21)}\n1\n`, { atMost: 20, chunk })).toEqual([
        [1, 'too-long'],
        [2, '1'],
      ]);
    }
    expect(await split(`1\n"${'x'.repeat(50)}`, { atMost: 20 })).toEqual([
      [1, '1'],
      [2, 'too-long'],
    ]);
  });

  test('a line of 100 MB is refused without being held', async () => {
    const long = Buffer.alloc(64 * 1024, 'x');
    async function* content() {
      yield Buffer.from('a\n');
      for (let chunk = 0; chunk < 1600; chunk += 1) yield long;
      yield Buffer.from('\nb\n');
    }
    const found: unknown[] = [];
    for await (const record of splitRecords(content())) found.push('fault' in record ? record : [record.line, Buffer.from(record.bytes).toString()]);
    expect(found).toEqual([[1, 'a'], { line: 2, fault: 'too-long' }, [3, 'b']]);
  });

  test('whatever cells are written, the same come out, each record with its line', async () => {
    const cell = fc.oneof(fc.stringMatching(/^[a-z0-9 ]{0,5}$/), fc.stringMatching(/^[a",\n\r年]{0,6}$/));
    const records = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom('\r\n', '\n', '\r'), fc.integer({ min: 1, max: 9 }), async (table, end, chunk) => {
        const written = table.map((cells) => cells.map((each) => (/["\n\r,]/.test(each) ? `"${each.replaceAll('"', '""')}"` : each)).join(','));
        let line = 1;
        const lines = written.map((record) => {
          const own = line;
          line += 1 + (record.match(/\r\n|\n|\r/g)?.length ?? 0);
          return own;
        });
        const found = await split(written.join(end) + end, { chunk });
        expect(found.map(([number]) => number)).toEqual(lines);
        expect(found.map(([, record]) => cellsOf(record))).toEqual(table);
      }),
    );
  });
});

describe('the cells of a record', () => {
  test('are as they stand, and read without blanks and in the usual forms', () => {
    expect(cellsOf('"a, ""b""", c ,,')).toEqual(['a, "b"', ' c ', '', '']);
    expect(cellsOf('')).toEqual([]);
    expect(normal('　２０２６\u00a0')).toBe('2026');
    expect(normal('（－１．５；２）')).toBe('(-1.5;2)');
  });

  test('are none where it is no CSV', () => {
    expect(cellsOf('a"b')).toBeUndefined();
  });
});
