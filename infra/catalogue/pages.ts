import type { Definitions } from '../../functions/kernel/definitions.ts';
import { entriesOf } from './entries.ts';
import { eventPage } from './event-page.ts';
import { indexPage } from './index-page.ts';
import { fileOf } from './markup.ts';
import { writtenBy } from './written-by.ts';

/** The catalogue of events (事件目录) as pages by file name: the first page, and one an event. */
export async function pagesOf(definitions: Definitions): Promise<ReadonlyMap<string, string>> {
  const entries = entriesOf(definitions, await writtenBy(definitions.commands.values()));
  return new Map([['index.html', indexPage(entries)], ...entries.map((entry) => [fileOf(entry.event), eventPage(entry)] as const)]);
}
