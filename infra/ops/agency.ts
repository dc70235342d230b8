import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { agencyKind } from '../../events/agency-kind.ts';
import { AT, type Item, type OperatorsApi, operatorsApi } from './api.ts';
import type { Command, Options, ValuesOf } from './command.ts';
import type { Outcome } from './misuse.ts';

type Tell = (line: string) => void;

const AGENCY = { agency: { takes: 'ID', required: true, says: 'its id in the directory, or its unified social credit code' } } as const;

/** A command that speaks to a province's interface (接入办理). */
const over = <const O extends Options>(does: string, options: O, work: (api: OperatorsApi, values: ValuesOf<O>, tell: Tell) => Promise<Outcome>): Command => ({
  does,
  options: { ...options, ...AT },
  run: async (values, { tell }) => work(await operatorsApi(values), values as ValuesOf<O>, tell),
});

/** 签名密钥, drawn here and shown once: the system shows none. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** What an agency's joining takes, by its words. */
export const AGENCY_COMMANDS: Readonly<Record<string, Command>> = {
  'agency register': over(
    'enters an agency in the directory',
    {
      id: { takes: 'ID', required: true, says: 'what it is called in the system' },
      name: { takes: 'NAME', required: true, says: 'its full name, 中文' },
      kind: { takes: 'KIND', required: true, says: agencyKind.options.join(', ') },
      level: { takes: 'LEVEL', required: true, says: 'national, province, city or county' },
      division: { takes: 'CODE', required: true, says: 'six digits, GB/T 2260' },
      superior: { takes: 'ID', says: '上级机关 or 主管单位' },
      discipline: { takes: 'ID', says: '纪检监察机关' },
    },
    async (api, { id, name, kind, level, division, superior = null, discipline = null }, tell) => {
      await api.give('agencies/register-agency', { id, name, kind, level, division, superior, discipline });
      tell(`${id} stands in the directory. Next: npm run ops -- agency credential --agency ${id}, and agency endpoint.`);
      return 0;
    },
  ),
  'agency credential': over(
    'registers a new secret with which the system of an agency signs what it posts, and shows it once',
    AGENCY,
    async (api, { agency }, tell) => {
      const secret = newSecret();
      await api.give('agencies/register-credential', { agency, secret });
      tell(`${agency} signs what it posts to /v1/signed-events with:\n${secret}`);
      tell('Hand it over by a safe way: it is shown this once. A secret before it stays good for a day.');
      return 0;
    },
  ),
  'agency endpoint': over(
    'registers where the notices of an agency are delivered to, with a new secret that is shown once',
    { ...AGENCY, url: { takes: 'URL', required: true, says: 'https://…, as it is written in full' } },
    async (api, { agency, url }, tell) => {
      const secret = newSecret();
      await api.give('deliveries/register-endpoint', { agency, url, secret });
      tell(`Notices to ${agency} go to ${new URL(url).host} as well, signed with:\n${secret}`);
      tell(`Hand it over by a safe way: it is shown this once. Next: npm run ops -- agency ping --agency ${agency}`);
      return 0;
    },
  ),
  'agency rotate': over('changes the secret that signs deliveries; for a day both sign', AGENCY, async (api, { agency }, tell) => {
    const secret = newSecret();
    await api.give('deliveries/rotate-endpoint-secret', { agency, secret });
    tell(`Deliveries to ${agency} are signed with this secret too, and from tomorrow with it alone:\n${secret}`);
    return 0;
  }),
  'agency ping': over('sends a test to the endpoint of an agency, and tells what came of it', AGENCY, async (api, { agency }, tell) => {
    const { correlationId } = await api.give('deliveries/ping-endpoint', { agency });
    for (let look = 0; look < LOOKS; look += 1) {
      const { items } = await api.ask('deliveries/agency-log', { agency, limit: '20' });
      const test = items.find(({ about }) => about === correlationId);
      if (test && test.status !== 'due') return told(test, tell);
      await pause(LOOK_MS);
    }
    tell(`The test is still on its way. Look again in a minute: npm run ops -- agency status --agency ${agency}`);
    return 1;
  }),
  'agency disable': over('stops deliveries to an agency; its notices lie in its inbox as ever', AGENCY, async (api, { agency }, tell) => {
    await api.give('deliveries/disable-endpoint', { agency });
    tell(`Nothing is delivered to ${agency} any more.`);
    return 0;
  }),
  'agency enable': over('delivers to an agency again', AGENCY, async (api, { agency }, tell) => {
    await api.give('deliveries/enable-endpoint', { agency });
    tell(`${agency} is delivered to again. What it missed lies in its inbox: npm run ops -- agency redeliver --agency ${agency}`);
    return 0;
  }),
  'agency redeliver': over(
    'delivers anew what was given up, newest first',
    { ...AGENCY, 'dry-run': { says: 'tells how many, and asks for nothing' } },
    async (api, { agency, 'dry-run': dry = false }, tell) => {
      const { items } = await api.ask('deliveries/agency-log', { agency, limit: '200' });
      const missed = items.filter(({ status, event }) => status === 'given-up' && event === 'NoticeSent');
      if (!dry) for (const { about } of missed) await api.give('deliveries/redeliver', { agency, about });
      tell(`${missed.length} of the last ${items.length} deliveries were given up${dry ? '; nothing was asked for' : ', and are on their way again'}.`);
      return 0;
    },
  ),
  'agency status': over('tells how an agency is joined, and what became of its last deliveries', AGENCY, async (api, { agency }, tell) => {
    const [credentials, endpoints, log] = await Promise.all([
      every(api, 'agencies/credentials'),
      every(api, 'deliveries/endpoints'),
      api.ask('deliveries/agency-log', { agency, limit: '10' }),
    ]);
    const of = (items: readonly Item[]) => items.find((each) => each.agency === agency);
    const [credential, endpoint] = [of(credentials), of(endpoints)];
    tell(credential ? `It posts ${standing(credential.revokedOn, 'revoked')}, since ${credential.registeredOn}.` : 'It posts nothing by signature.');
    tell(
      endpoint
        ? `It is delivered to at ${endpoint.host}${endpoint.disabled === null ? '' : ` – DISABLED, ${endpoint.disabled}`}; it last answered ${endpoint.answeredOn ?? 'never'}.`
        : 'It has no endpoint.',
    );
    for (const each of log.items) told(each, tell);
    return endpoint && endpoint.disabled !== null ? 1 : 0;
  }),
};

const LOOKS = 30;
const LOOK_MS = 500;

const standing = (on: unknown, word: string): string => (on === null ? 'by signature' : `nothing any more: its credential was ${word} on ${on}`);

async function every(api: OperatorsApi, query: string): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = (await api.ask(query, { limit: '200', ...(cursor === undefined ? {} : { cursor }) })) as { items: readonly Item[]; next?: string | null };
    all.push(...page.items);
    if (!page.next) return all;
    cursor = page.next;
  }
}

/** One delivery in a line; 1 where it did not arrive. */
function told({ event, status, attempts, log, nextDueAt }: Item, tell: Tell): Outcome {
  const what = event === 'EndpointPinged' ? 'A test' : 'A notice';
  const last = (log as readonly { readonly at: string; readonly status: number | null; readonly fault: string | null }[]).at(-1);
  const answer = last === undefined ? 'not tried yet' : `${last.fault ?? 'taken'}${last.status === null ? '' : ` (${last.status})`} at ${last.at}`;
  const next = nextDueAt === null ? '' : `; the next attempt is due ${nextDueAt}`;
  tell(`${what}: ${status} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}, ${answer}${next}.`);
  return status === 'delivered' ? 0 : 1;
}
