import { expect, test } from 'vitest';
import { EventBus } from '../../../infra/local/event-bus.ts';

const entry = (detailType: string, detail: object = { data: { made: true } }) => ({
  source: 'jianheng.made',
  detailType,
  detail: JSON.stringify(detail),
  time: '2026-03-10T01:02:03.456Z',
});

function stage() {
  const sent: { queue: string; body: string }[][] = [];
  const rule = (name: string, pattern: unknown, ...queues: string[]) => ({ name, bus: 'bus', pattern, targets: queues.map((queue) => ({ queue })) });
  const bus = new EventBus({
    rules: [
      rule('boxes', { source: ['jianheng.made'], 'detail-type': ['BoxOpened'] }, 'labels', 'copies'),
      rule('deep', { detail: { data: { made: [true] } } }, 'deep'),
      { ...rule('elsewhere', { source: ['jianheng.made'] }, 'elsewhere'), bus: 'another' },
    ],
    queues: { send: async (messages) => void sent.push([...messages]) },
    account: '000000000036',
    region: 'cn-north-1',
  });
  return { bus, sent };
}

test('an entry goes to every queue whose rule on its bus matches, and to no other', async () => {
  const { bus, sent } = stage();
  await bus.put('bus', [entry('BoxOpened'), entry('BoxMoved', { data: { made: false } })]);
  expect(sent.flat().map(({ queue }) => queue)).toEqual(['labels', 'copies', 'deep']);
});

test('all messages of one call are sent together, and each entry has an answer of its own', async () => {
  const { bus, sent } = stage();
  const answers = await bus.put('bus', [entry('BoxOpened'), entry('BoxOpened')]);
  expect(sent).toHaveLength(1);
  expect(new Set(answers.map((answer) => 'eventId' in answer && answer.eventId)).size).toBe(2);
});

test('a message is the envelope that EventBridge hands over', async () => {
  const { bus, sent } = stage();
  const [answer] = await bus.put('bus', [entry('BoxOpened')]);
  expect(JSON.parse(sent[0]?.[0]?.body ?? '')).toEqual({
    version: '0',
    id: answer && 'eventId' in answer ? answer.eventId : '',
    'detail-type': 'BoxOpened',
    source: 'jianheng.made',
    account: '000000000036',
    time: '2026-03-10T01:02:03Z',
    region: 'cn-north-1',
    resources: [],
    detail: { data: { made: true } },
  });
});

test('nothing is answered before the queues have it', async () => {
  const bus = new EventBus({
    rules: [{ name: 'all', bus: 'bus', pattern: { source: ['jianheng.made'] }, targets: [{ queue: 'full' }] }],
    queues: { send: () => Promise.reject(new Error('disk full')) },
    account: '',
    region: '',
  });
  await expect(bus.put('bus', [entry('BoxOpened')])).rejects.toThrow('disk full');
});
