import { decodeJwt } from 'jose';
import { Webhook } from 'standardwebhooks';
import { directoryFor } from '../../functions/agencies/directories.ts';
import { commandType } from '../../functions/kernel/cloud-events.ts';
import type { ApiAnswer } from '../support/api.ts';
import type { Host, HostClaims } from '../support/host.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';
import { nearest } from './nearest.ts';
import { Misstated } from './step.ts';
import { same } from './steps/lists.ts';
import { DESK_ROLES } from './words.ts';

/** What a scenario's name may stand for (名称所指). */
export type Sort = '单位' | '人员' | '案件' | '记录' | '报告' | '认定' | '委托' | '保护请求' | '通报' | '整改' | '主机';

export interface Agency {
  readonly id: string;
  readonly kind: string;
  readonly division: string;
}

/** How one command is sent, beyond its body. */
export interface Sending {
  readonly key?: string | undefined;
  readonly ifMatch?: string | undefined;
  /** How many copies of it are sent at the same instant, under the same key. */
  readonly copies?: number | undefined;
  /** Name of the delegation that it is given under. */
  readonly delegation?: string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: an item of a listing is whatever JSON came
export type Item = Readonly<Record<string, any>>;

const PAGE = 200;

/** One telling of one scenario (场景): the host, what its names stand for, the last answer. Knows the API and nothing behind it. */
export class Stage {
  readonly host: Host;
  /** Six digits. */
  readonly province: string;
  readonly agencies = new Map<string, Agency>();
  readonly people = new Map<string, HostClaims>();
  /** What a signed row or a report says, so that a later step need not say it again. */
  readonly contents = new Map<string, unknown>();
  /** First answer by the key that a scenario gave. */
  readonly byKey = new Map<string, ApiAnswer>();
  readonly remembered = new Map<string, unknown>();
  /** Parameters that every act may carry. */
  sending: Sending = {};
  answer: ApiAnswer | undefined;
  private readonly names = new Map<string, { readonly sort: Sort; readonly id: string }>();
  private sent = 0;

  constructor(host: Host, province: string) {
    this.host = host;
    this.province = province;
  }

  /** Binds a name; two things of one scenario never share one. */
  name(sort: Sort, name: string, id: string): void {
    const known = this.names.get(name);
    if (known && known.id !== id) throw new Misstated(`“${name}”已经用作另一${known.sort}的名称`);
    this.names.set(name, { sort, id });
  }

  /** Id behind a name. */
  id(sort: Sort, name: string): string {
    const found = this.names.get(name);
    if (found?.sort === sort) return found.id;
    const like = nearest(
      name,
      [...this.names].filter(([, each]) => each.sort === sort).map(([each]) => each),
    );
    throw new Misstated(`没有名为“${name}”的${sort}${like === undefined ? '' : `，最接近的是“${like}”`}`);
  }

  /** Ids of every name of a sort. */
  ids(sort: Sort): string[] {
    return [...this.names.values()].filter((each) => each.sort === sort).map(({ id }) => id);
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  agency(name: string): Agency {
    this.id('单位', name);
    return this.agencies.get(name) as Agency;
  }

  person(name: string): HostClaims {
    const found = this.people.get(name);
    if (found) return found;
    const like = nearest(name, [...this.people.keys()]);
    throw new Misstated(`没有名为“${name}”的人员${like === undefined ? '' : `，最接近的是“${like}”`}`);
  }

  /** A made clerk, officer or head who reads what reaches the agency, where a scenario names nobody. */
  deskOf(name: string): HostClaims {
    const { id, kind, division } = this.agency(name);
    return { agency: id, kind, division, person: `made-desk-${id}`, roles: [DESK_ROLES[kind] ?? 'clerk'] };
  }

  /** Whom a check asks as: the person it names, or the agency's desk. */
  asking(agency: string, person: string | undefined): HostClaims {
    return person === undefined ? this.deskOf(agency) : this.person(person);
  }

  /** Words for ids, wherever a whole text is an id that a name stands for. */
  worded<T>(value: T): T {
    if (typeof value === 'string') return (this.wordOf(value) ?? value) as unknown as T;
    if (Array.isArray(value)) return value.map((each) => this.worded(each)) as T;
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.worded(each)])) as T;
    return value;
  }

  /** Words for ids within a text. */
  wordedWithin(text: string): string {
    return text.replaceAll(/\b[0-9a-f]{32}\b/g, (id) => this.wordOf(id) ?? id);
  }

  private wordOf(id: string): string | undefined {
    for (const [name, each] of this.names) if (each.id === id) return name;
    return directoryFor(this.province).get(id)?.name;
  }

  /** A command, with all its consequences. The answer stays on the stage, a refusal too. */
  async post(who: HostClaims, command: string, body: unknown): Promise<ApiAnswer> {
    this.sent += 1;
    const { key, ifMatch, delegation, copies = 1 } = this.sending;
    const request = {
      method: 'POST',
      path: `/v1/${command}`,
      headers: {
        authorization: `Bearer ${await this.host.token(who)}`,
        'content-type': 'application/json',
        'idempotency-key': key ?? `scenario-${this.sent}`,
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(delegation === undefined ? {} : { delegation: this.id('委托', delegation) }),
      },
      body,
    };
    const answers = await Promise.all(Array.from({ length: copies }, () => this.host.api.request(request)));
    await this.host.settle();
    const answer = answers.find(({ status }) => status === 201) ?? (answers[0] as ApiAnswer);
    for (const other of answers)
      if (other !== answer) same({ 状态: answer.status === 201 ? 200 : answer.status, 答复: answer.body }, { 状态: other.status, 答复: other.body });
    this.answer = answer;
    if (key !== undefined && !this.byKey.has(key)) this.byKey.set(key, answer);
    return answer;
  }

  /** A command that an agency's own system gives: an event that is signed with the secret of that name, with all its consequences. */
  async postSigned(agency: string, secret: string, command: string, data: unknown): Promise<ApiAnswer> {
    this.sent += 1;
    const { id } = this.agency(agency);
    const event = { specversion: '1.0', id: this.sending.key ?? `scenario-${this.sent}`, source: `/agency/${id}/system`, type: commandType(command), data };
    const body = JSON.stringify(event);
    // The host's own clock is told by a token.
    const { iat = 0 } = decodeJwt(await this.host.token(this.deskOf(agency)));
    const signature = new Webhook(webhookSecretOf(secret)).sign(event.id, new Date(iat * 1000), body);
    const headers = {
      'content-type': 'application/cloudevents+json',
      'webhook-id': event.id,
      'webhook-timestamp': String(iat),
      'webhook-signature': signature,
    };
    this.answer = await this.host.api.request({ method: 'POST', path: '/v1/signed-events', headers, body });
    await this.host.settle();
    const { key } = this.sending;
    if (key !== undefined && !this.byKey.has(key)) this.byKey.set(key, this.answer);
    return this.answer;
  }

  /** Whether the last command was accepted. */
  get accepted(): boolean {
    return this.answer !== undefined && this.answer.status < 300;
  }

  /** A query's first page; any answer. */
  async ask(who: HostClaims, query: string, parameters: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
    const text = new URLSearchParams(parameters).toString();
    return this.host.api.request({
      method: 'GET',
      path: `/v1/${query}`,
      ...(text === '' ? {} : { query: text }),
      headers: { authorization: `Bearer ${await this.host.token(who)}` },
    });
  }

  /** All items of a listing, page by page, with what stands beside them. */
  async all(who: HostClaims, query: string, parameters: Readonly<Record<string, string>> = {}): Promise<{ items: Item[]; beside: Item }> {
    const items: Item[] = [];
    for (let cursor: string | undefined; ; ) {
      const { status, body } = await this.ask(who, query, { ...parameters, limit: String(PAGE), ...(cursor === undefined ? {} : { cursor }) });
      if (status !== 200) throw new Misstated(`查询 ${query} 得到 ${status} ${body.code}：${body.detail}`);
      items.push(...body.items);
      const { items: _, next, asOf: __, ...beside } = body;
      if (next === null) return { items, beside };
      cursor = next;
    }
  }
}
