import { describe, expect, test } from 'vitest';
import { catalogue } from '../../events/catalogue.ts';
import { citationOf } from '../../events/documents.ts';
import type { AnyEventDefinition } from '../../events/event.ts';
import { isLine, noticesOf } from '../../functions/notifications/line.ts';
import { routingTable } from '../../functions/notifications/routing-table.ts';
import { fileOf, readGolden } from '../events/golden.ts';
import { heard } from '../support/heard.ts';

const CONTEXTS = ['proficiency', 'registry'];
const told = catalogue.filter((event) => CONTEXTS.includes(event.context) && routingTable.some((row) => isLine(row) && row.event === event));

/** The event as its golden file has it, with a basis that its line may cite. */
function example(event: AnyEventDefinition) {
  const [line] = routingTable.filter((row) => isLine(row) && row.event === event).filter(isLine);
  const { data } = readGolden(fileOf(event.name, event.version));
  const basis = { document: citationOf(line?.document ?? 'interference-provisions'), article: line?.article ?? '', status: 'draft' };
  return heard(event, { ...data.example, basis });
}

describe('X6, P-3: every notice of proficiency testing and of the register', () => {
  test('there are such events', () => {
    expect(told.length).toBeGreaterThan(12);
  });

  test.each(told.map((event) => [event.name, event] as const))('%s: says to whom, why, by which document, about what; each recipient once', (_, event) => {
    const heardEvent = example(event);
    const notices = noticesOf(routingTable, heardEvent);
    expect(new Set(notices.map(({ recipient }) => recipient)).size).toBe(notices.length);
    for (const { recipient, purpose, particulars, basis } of notices) {
      expect(recipient).not.toBe('');
      expect(purpose).toMatch(/\p{Script=Han}/u);
      expect(Object.values(particulars).every((each) => each !== '' && each !== 'undefined')).toBe(true);
      expect(particulars.鉴定机构).toBe(heardEvent.data.institution);
      expect(basis).toEqual(heardEvent.data.basis);
    }
  });

  test('cites a document of its own, never by default the provisions on interference', () => {
    for (const row of routingTable) if (isLine(row) && CONTEXTS.includes(row.event.context)) expect(row.document, row.event.name).toBeDefined();
  });
});
