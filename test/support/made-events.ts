import * as z from 'zod';
import { basis } from '../../events/basis.ts';
import { day } from '../../events/common.ts';
import { defineEvent } from '../../events/event.ts';
import { defineFact } from '../../events/fact.ts';

/** Events of a made context, 虚构: boxes on shelves, and what follows from them. */
const made = <const Name extends string>(name: Name) => ({ context: 'made', name, title: '虚构', means: 'Made up for tests.', restsOn: '虚构' });

export const BoxOpened = defineEvent({
  ...made('BoxOpened'),
  data: z.object({ box: z.string(), shelf: z.string(), copies: z.int(), openedOn: day, basis }),
  restricted: z.object({ story: z.string(), teller: z.string().optional() }),
});
export const BoxMoved = defineEvent({ ...made('BoxMoved'), data: z.object({ box: z.string(), shelf: z.string() }) });
export const BoxShown = defineEvent({ ...made('BoxShown'), data: z.object({ box: z.string(), purpose: z.string() }) });
export const ShelfBuilt = defineEvent({ ...made('ShelfBuilt'), data: z.object({ shelf: z.string() }) });
export const ShelfClosed = defineEvent({ ...made('ShelfClosed'), data: z.object({ shelf: z.string() }) });
export const LabelPrinted = defineEvent({ ...made('LabelPrinted'), data: z.object({ box: z.string(), printedOn: day }) });
export const CopyMade = defineEvent({ ...made('CopyMade'), data: z.object({ box: z.string(), copy: z.int() }) });
export const BallBounced = defineEvent({ ...made('BallBounced'), data: z.object({ ball: z.string(), left: z.int() }) });
export const Counted = defineEvent({ ...made('Counted'), data: z.object({ tally: z.string(), by: z.int() }) });
export const Filled = defineEvent({ ...made('Filled'), data: z.object({ sack: z.string(), text: z.string() }) });
export const Reminded = defineEvent({ ...made('Reminded'), data: z.object({ box: z.string() }) });

export const MADE_EVENTS = [BoxOpened, BoxMoved, BoxShown, ShelfBuilt, ShelfClosed, LabelPrinted, CopyMade, BallBounced, Counted, Filled, Reminded] as const;

/** 架: what others may know of a shelf. */
export const ShelfFact = defineFact('made/shelf', '架', z.object({ shelf: z.string(), closed: z.boolean() }));
export const TallyFact = defineFact('made/tally', '计数', z.object({ count: z.int() }));
