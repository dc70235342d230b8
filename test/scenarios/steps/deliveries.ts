import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import type { Endpoint } from '../../support/host.ts';
import type { Item, Stage } from '../stage.ts';
import { act, check, Misstated } from '../step.ts';
import { DELIVERY_STATUS, ENDPOINT_STATUS, wordFor } from '../words.ts';
import { same, sameItems } from './lists.ts';

/** An agency's system with the secret that it was registered with. */
interface Registered {
  readonly endpoint: Endpoint;
  readonly secret: string;
}

/** A made key. */
const SECRET = `whsec_${Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7)).toString('base64')}`;
/** More attempts than any ladder has. */
const MOST_ROUNDS = 20;

const registeredOf = (stage: Stage, agency: string): Registered => {
  const found = stage.remembered.get(`接收端点 ${agency}`);
  if (!found) throw new Misstated(`${agency}没有登记接收端点`);
  return found as Registered;
};

const inboxOf = async (stage: Stage, agency: string): Promise<readonly Item[]> =>
  (await stage.all(stage.deskOf(agency), 'notifications/inbox', { show: 'all' })).items;
const logOf = async (stage: Stage, agency: string): Promise<readonly Item[]> => (await stage.all(stage.deskOf(agency), 'deliveries/log')).items;

/** By what a scenario knows a notice, or a test. */
const NAMED = { 事由: z.string(), 案件编号: z.string().optional() };
const named = (stage: Stage, event: string, notice: Item | undefined) =>
  event === 'EndpointPinged' ? { 事由: '测试消息' } : { 事由: notice?.purpose, 案件编号: stage.worded(notice?.particulars.案件编号) };

/** What a notice says, in the inbox as in a message. */
const told = ({ about, event, sender, recipient, purpose, withheld, particulars, mustSign, basis }: Item) => ({
  about,
  event,
  sender,
  recipient,
  purpose,
  withheld,
  particulars,
  mustSign,
  basis,
});

/** 约75小时, as the ladder has it with its jitter; else how long it was. */
function lasted(log: readonly Item[]): string {
  const [first, last] = [log[0]?.at, log.at(-1)?.at].map((at) => Date.parse(at));
  const hours = ((last as number) - (first as number)) / 3_600_000;
  return hours > 67 && hours < 84 ? '约75小时' : `${hours.toFixed(2)}小时`;
}

export const deliveries = [
  act('{人员}为{单位}登记接收端点', z.strictObject({}), async (stage, { 人员: who, 单位: agency }) => {
    const endpoint = await stage.host.endpoint();
    stage.remembered.set(`接收端点 ${agency}`, { endpoint, secret: SECRET } satisfies Registered);
    stage.name('主机', `${agency}的主机`, new URL(endpoint.url).host);
    await stage.post(stage.person(who), 'deliveries/register-endpoint', { agency: stage.id('单位', agency), url: endpoint.url, secret: SECRET });
  }),
  act('{人员}测试{单位}的接收端点', z.strictObject({}), async (stage, { 人员: who, 单位: agency }) => {
    await stage.post(stage.person(who), 'deliveries/ping-endpoint', { agency: stage.id('单位', agency) });
  }),
  act('{单位}的接收端点改为答复{状态码}', z.strictObject({}), async (stage, { 单位: agency, 状态码: status }) =>
    registeredOf(stage, agency).endpoint.answers(Number(status)),
  ),
  act('系统投递到期的通知', z.strictObject({}), async (stage) => stage.host.sweep()),
  act('系统依重试间隔一再投递给{单位}，直到不再重试', z.strictObject({}), async (stage, { 单位: agency }) => {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const [next] = (await logOf(stage, agency)).flatMap(({ nextDueAt }) => nextDueAt ?? []).sort();
      if (next === undefined) return;
      await stage.host.setClock(new Date(Date.parse(next) + 1000).toISOString());
      await stage.host.sweep();
    }
    throw new Misstated(`重试了 ${MOST_ROUNDS} 次，还在重试`);
  }),
  act('{人员}恢复{单位}的接收端点', z.strictObject({}), async (stage, { 人员: who, 单位: agency }) => {
    await stage.post(stage.person(who), 'deliveries/enable-endpoint', { agency: stage.id('单位', agency) });
  }),
  act('{人员}请求重新投递给{单位}的通知', z.strictObject(NAMED), async (stage, { 人员: who, 单位: agency }, { 事由: purpose, 案件编号: number }) => {
    const fitting = (await inboxOf(stage, agency)).filter((item) => item.purpose === purpose && stage.worded(item.particulars.案件编号) === number);
    const [found] = fitting;
    if (!found || fitting.length > 1) throw new Misstated(`收件箱中有 ${fitting.length} 件这样的通知`);
    await stage.post(stage.person(who), 'deliveries/redeliver', { agency: stage.id('单位', agency), about: found.about });
  }),
  check('{单位}的接收端点状态为{状态}', z.strictObject({}), async (stage, { 单位: agency, 状态: expected }) => {
    const { body } = await stage.ask(stage.deskOf(agency), 'deliveries/endpoint');
    same(
      [expected],
      body.items.map(({ disabled }: Item) => wordFor(ENDPOINT_STATUS, disabled ?? 'none')),
    );
  }),
  check(
    '{单位}的接收端点恰收到下列投递',
    z.strictObject({ 投递: z.array(z.strictObject({ ...NAMED, 次数: z.int() })) }),
    async (stage, { 单位: agency }, { 投递: expected }) => {
      const { endpoint, secret } = registeredOf(stage, agency);
      const inbox = await inboxOf(stage, agency);
      for (const { headers, body } of endpoint.received) {
        const { 'webhook-id': id = '', 'webhook-timestamp': timestamp } = headers;
        // The library's own check knows no clock but the machine's.
        const signature = new Webhook(secret).sign(id, new Date(Number(timestamp) * 1000), body);
        same({ 签名: signature, 编号: id }, { 签名: headers['webhook-signature'], 编号: JSON.parse(body).id });
      }
      const byId = Map.groupBy(endpoint.received, ({ headers }) => headers['webhook-id']);
      const found = [...byId.values()].map((messages) => {
        const [body, ...others] = [...new Set(messages.map((message) => message.body))] as [string, ...string[]];
        same({ 同一编号的其他内容: [] }, { 同一编号的其他内容: others });
        const { type, subject, data } = JSON.parse(body);
        const event = type.split('.')[3];
        const notice = inbox.find(({ about }) => about === subject);
        if (event === 'NoticeSent') same(notice && told(notice), told(data));
        return { ...named(stage, event, notice), 次数: messages.length };
      });
      sameItems(expected, found);
    },
  ),
  check(
    '{单位}的投递记录恰有下列各项',
    z.strictObject({ 投递: z.array(z.strictObject({ ...NAMED, 结果: z.string(), 次数: z.int(), 最后答复: z.int(), 历时: z.string().optional() })) }),
    async (stage, { 单位: agency }, { 投递: expected }) => {
      const inbox = await inboxOf(stage, agency);
      sameItems(
        expected,
        (await logOf(stage, agency)).map(({ about, event, status, attempts, log }) => ({
          ...named(
            stage,
            event,
            inbox.find((item) => item.about === about),
          ),
          结果: wordFor(DELIVERY_STATUS, status),
          次数: attempts,
          最后答复: log.at(-1)?.status,
          历时: attempts > 1 ? lasted(log) : undefined,
        })),
      );
    },
  ),
];
