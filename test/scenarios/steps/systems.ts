import * as z from 'zod';
import { webhookSecretOf } from '../../support/webhook-secret.ts';
import { act } from '../step.ts';
import { ofProvince } from './agencies.ts';
import { open, opening } from './commissions.ts';
import { inboxOf, oneOf } from './notifications.ts';

const signing = { 密钥: z.string() };

/** What agencies' own systems post (单位系统), signed. */
export const systems = [
  act('省司法厅为{单位}的系统登记密钥', z.strictObject(signing), async (stage, { 单位: agency }, { 密钥: secret }) => {
    const body = { agency: stage.id('单位', agency), secret: webhookSecretOf(secret) };
    await stage.post(ofProvince(stage, 'operator'), 'agencies/register-credential', body);
  }),
  act('省司法厅停用{单位}的系统接入凭证', z.strictObject({}), async (stage, { 单位: agency }) => {
    await stage.post(ofProvince(stage, 'operator'), 'agencies/revoke-credential', { agency: stage.id('单位', agency) });
  }),
  act('{单位}的系统提交建档：{案件}', opening.extend(signing), (stage, { 单位: agency, 案件: name }, { 密钥: secret, ...told }) =>
    open(stage, name, told, (body) => stage.postSigned(agency, secret, 'commissions/open-case', body)),
  ),
  act('{单位}的系统提交通知签收', z.strictObject({ ...signing, 事由: z.string() }), async (stage, { 单位: agency }, { 密钥: secret, 事由: purpose }) => {
    const { items } = await inboxOf(stage, agency, undefined);
    await stage.postSigned(agency, secret, 'notifications/sign-for-notice', { about: oneOf(items, purpose).about });
  }),
];
