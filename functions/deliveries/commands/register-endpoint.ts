import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { EndpointRegistered } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { notFound, refuse } from '../../kernel/decision.ts';
import type { AddressFault } from '../../kernel/ports.ts';
import { webhookSecret } from '../../kernel/standard-webhooks.ts';
import { DELIVERED } from '../articles.ts';
import { endpoint } from '../endpoint.ts';
import { ownOrOnBehalf, whereabouts } from '../relations.ts';
import { endpointUrl } from '../url.ts';

const UNREACHABLE: Readonly<Record<AddressFault, readonly [detail: string, cure: string]>> = {
  'not-https': ['接收端点须使用 https', '请以 https:// 开头的网址登记，证书由公开的证书机构签发'],
  'private-address': ['该主机名指向内网、本机或者保留的地址，不能作为接收端点', '请登记可以从互联网访问的主机名，其解析到的每个地址都须为公网地址'],
  'unknown-host': ['该主机名不能解析到任何地址', '请核对主机名，域名解析生效后再登记'],
};

/** 登记接收端点: the first, or another in its place. Whoever registers brings the secret, which nobody is shown again. */
export default command({
  name: 'deliveries/register-endpoint',
  title: '登记接收端点',
  aggregate: endpoint,
  input: z.strictObject({ agency: agencyId, url: endpointUrl, secret: webhookSecret }),
  who: ownOrOnBehalf,
  key: ({ agency }) => agency,
  facts: whereabouts,
  reaches: ({ url }) => url,
  decide: (_, { agency, url, secret }, { actor, today, facts, unreachable }) => {
    if (!facts.directory.state && !facts.register.state) return notFound('单位', '/agency');
    if (unreachable) {
      const [detail, cure] = UNREACHABLE[unreachable];
      return refuse(`endpoint_${unreachable.replaceAll('-', '_')}`, detail, DELIVERED, { pointer: '/url', cure });
    }
    const { host } = new URL(url);
    return [EndpointRegistered.of({ agency, host, registeredBy: actor.agency, registeredOn: today, basis: DELIVERED }, { url, secret })];
  },
});
