import type { Answers } from './act.ts';
import { ITEM, institution, supervisor, tryOut } from './cast.ts';
import type { Claims } from './host.ts';

export interface Welcome {
  readonly title: string;
  readonly url: string;
  readonly seconds: number;
  /** Answers of the setting, where the demo data were played. */
  readonly setting?: Answers | undefined;
}

/** What `npm start` prints when it is ready (启动提示): where to look, and what to try, each a line for a shell. */
export function welcome({ title, url, seconds, setting }: Welcome): string {
  const token = (claims: Claims): string => `$(curl -s '${url}/dev/token?as=text' -H 'content-type: application/json' -d '${JSON.stringify(claims)}')`;
  const ask = (claims: Claims, path: string): string => `curl -s '${url}${path}' -H "authorization: Bearer ${token(claims)}"`;
  const ready = [`鉴衡 Jianheng · ${title} · ${url} · ready in ${seconds.toFixed(1)} s · Ctrl-C stops everything`];
  if (!setting)
    return [
      ...ready,
      '',
      'The ledger is as it was left; a token for anyone:',
      '',
      `curl -s '${url}/dev/token' -H 'content-type: application/json' -d '${JSON.stringify(supervisor)}'`,
    ].join('\n');
  const post = `-H 'content-type: application/json' -H 'idempotency-key: try-1' -d '${JSON.stringify(tryOut.row)}'`;
  return [
    ...ready,
    '演示数据均属虚构：单位、人员、案件都不存在。',
    '',
    '1. 机构负责人查看本机构各案的记录表：',
    ask(tryOut.head, '/v1/interference/records'),
    '',
    '2. 司法鉴定人在记录表上签名（无此类情况）；再发一次，得到同一答复：',
    `${ask(tryOut.signer, '/v1/interference/sign-row')} ${post}`,
    '',
    '3. 主管机关查看登记该机构引起的全过程，每一步由何种身份、何时、依据哪一条：',
    ask(supervisor, `/v1/trace/${setting('institution').correlationId}`),
    '',
    '4. 主管机关查看该机构历年能力验证结果图（存为文件，用浏览器打开），和已拟办的责令限期整改：',
    `${ask(supervisor, `/v1/proficiency/chart?institution=${institution.id}&item=${ITEM}`)} -H 'accept: image/svg+xml' -o chart.svg`,
    ask(supervisor, '/v1/proficiency/rectifications'),
    '',
    'GET/POST /dev/clock shows and sets the clock; POST /dev/token gives a token for anyone. Both are on this machine only.',
  ].join('\n');
}
