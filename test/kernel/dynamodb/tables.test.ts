import { describe, expect, test } from 'vitest';
import { commitKey, receiptKey } from '../../../functions/kernel/dynamodb/ledger-items.ts';
import { ledgerKeysOf } from '../../../functions/kernel/dynamodb/tables.ts';
import { receiptOf } from '../../../functions/kernel/receipts.ts';
import { streamName } from '../../../functions/kernel/stream.ts';

/** As IAM's StringLike reads a pattern without a question mark. */
const like = (pattern: string, value: string): boolean => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's').test(value);

const granted = (context: string, key: string): string[] =>
  Object.entries(ledgerKeysOf(context)).flatMap(([what, pattern]) => (like(pattern, key) ? [what] : []));

const EVENT = '0123456789abcdef0123456789abcdef';
const keyRing = { pseudonym: () => 'f'.repeat(32) };
const actor = { agency: 'a', kind: 'institution', division: '360000', person: 'p', roles: [] } as never;

describe('a context writes under keys of its own', () => {
  test.each([
    ['a commit', commitKey(streamName('integrity/entry', ['a/registry/b']), 3).pk, 'commits'],
    ['a receipt of its reaction', receiptKey(receiptOf.reaction(EVENT, 'integrity/open-entry', 'integrity/entry/a')).pk, 'reaction'],
    ['the list of its reaction’s targets', receiptKey(receiptOf.targets(EVENT, 'integrity/open-entry')).pk, 'reaction'],
    ['a receipt of its schedule', receiptKey(receiptOf.schedule('integrity/sweep', '2026-03-01T00:00')).pk, 'schedule'],
  ])('%s', (_, key, what) => {
    expect(granted('integrity', key)).toEqual([what]);
    expect(granted('registry', key)).toEqual([]);
  });

  test('a target stream cannot feign another context', () => {
    const { pk } = receiptKey(receiptOf.reaction(EVENT, 'integrity/open-entry', 'registry/entry/a'));
    expect(granted('registry', pk)).toEqual([]);
  });

  test('a receipt of an agency’s command', () => {
    expect(granted('integrity', receiptKey(receiptOf.command(keyRing, actor, 'key')).pk)).toEqual(['command']);
  });

  test('the receipts of a reaction to an event are one partition, which the kernel’s prefix names', () => {
    const partition = (stream: string) => receiptKey(receiptOf.reaction(EVENT, 'integrity/open-entry', stream)).pk;
    expect(new Set(['a/b/c', 'a/b/d:e'].map(partition))).toEqual(new Set([receiptKey(receiptOf.ofReaction(EVENT, 'integrity/open-entry')).pk]));
  });
});
