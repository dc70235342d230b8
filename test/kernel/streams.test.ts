import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aggregateNameOf, parseStream, streamName } from '../../functions/kernel/stream.ts';
import { closeShelf, openBox } from '../support/made-context.ts';
import { refusal, setUpMade } from '../support/made-kernel.ts';

const keyPart = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', '/', '%', '2', 'F', '.', '案', ' ', '#', '?', '😀') });
const key = fc.array(keyPart, { minLength: 1, maxLength: 3 });

describe('streams are <context>/<aggregate>/<natural key>', () => {
  test('the first two parts are the aggregate, by which access is granted; the key can be read back', () => {
    fc.assert(
      fc.property(key, (parts) => {
        const stream = streamName('made/box', parts);
        expect(stream.startsWith('made/box/')).toBe(true);
        expect(parseStream(stream)).toEqual({ context: 'made', aggregate: 'made/box', key: parts });
        expect(aggregateNameOf(stream)).toEqual({ context: 'made', aggregate: 'made/box' });
      }),
    );
  });

  test('no key reaches into the stream of another', () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(streamName('made/box', one) === streamName('made/box', other)).toBe(same);
      }),
    );
    expect(streamName('made/box', ['a/b'])).not.toBe(streamName('made/box', ['a', 'b']));
    expect(streamName('made/box', ['../shelf/a'])).toBe('made/box/..%2Fshelf%2Fa');
  });

  test.each([[[]], [['']], [['a', '']]])('a key without its parts is refused: %j', (parts) => {
    expect(() => streamName('made/box', parts)).toThrow('a stream needs a key');
  });

  test('a command whose key names another stream writes to its own all the same', async () => {
    const made = await setUpMade();
    await made.done(openBox, { box: '../shelf/a', shelf: 'a' });
    expect((await made.commits()).map(({ stream }) => stream)).toEqual(['made/shelf/a', 'made/box/..%2Fshelf%2Fa']);
    await made.done(closeShelf, { shelf: 'a' });
  });

  test('uniqueness needs no look-up: the second of one key is decided on the state of the first', async () => {
    const made = await setUpMade();
    await made.done(openBox, { box: '1', shelf: 'a' });
    expect(refusal(await made.run(openBox, { box: '1', shelf: 'a' })).code).toBe('already_open');
  });
});
