import type { LocalDatabase } from '../local/sqlite/open-database.ts';
import type { Standing } from './place.ts';

/** All rows and marks (视图内容) of a file's views. */
export async function* standingIn({ sql }: LocalDatabase): AsyncGenerator<Standing> {
  for (const { listing, partition, sort, item } of sql.prepare('SELECT listing, partition, sort, item FROM rows').iterate()) {
    yield { listing: listing as string, partition: partition as string, sort: sort as string, item: JSON.parse(item as string) };
  }
  for (const { stream, version } of sql.prepare('SELECT stream, version FROM marks').iterate()) {
    yield { stream: stream as string, version: version as number };
  }
}
