import type { Order, Registered } from './bench-province.ts';
import { ordersOf } from './commands.ts';

/**
 * What agencies send a host that is measured, by name: `open-case`, which no reaction hears, and `find-breach`, from which follow by themselves
 * the bureau's order, the entry in the integrity file, a notice and a deadline.
 */
export type Loads = Readonly<Record<'open-case' | 'find-breach', () => Order>>;

/** Appraisers of whom breaches are found in turn, so that no two calls in flight race for one ladder. */
const SUBJECTS = 256;
const AT_ONCE = 16;

/** Registers whom the loads need beside the setting, so many of them. `perform` answers with the stream that was written. */
export async function prepareLoads(setting: Registered, perform: (order: Order) => Promise<{ readonly stream: string }>, most = SUBJECTS): Promise<Loads> {
  const { institution } = setting;
  const registered = async (at: number): Promise<string> => {
    const { stream } = await perform({
      command: 'registry/register-appraiser',
      claims: { agency: 'made-province-bureau', kind: 'justice-bureau', division: '360000', person: 'made-registrar', roles: ['registrar'] },
      input: { institution, scopes: ['medicine-0201'], name: `虚构鉴定人${at}`, licence: `MADE-BENCH-${at}` },
    });
    return stream.split('/').at(-1) ?? '';
  };
  const subjects: string[] = [];
  while (subjects.length < most) {
    subjects.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => registered(subjects.length + at)))));
  }
  let found = 0;
  return {
    'open-case': ordersOf(setting).openCase,
    'find-breach': () => {
      found += 1;
      return {
        command: 'sanctions/find-breach',
        claims: { agency: 'made-city-bureau', kind: 'justice-bureau', division: '360800', person: 'made-officer', roles: ['officer'] },
        input: { subject: { kind: 'appraiser', id: subjects[found % subjects.length] }, institution, breach: 'leaked', acts: 1, account: '虚构认定' },
      };
    },
  };
}
