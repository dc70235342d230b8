import { AgencyListed, AgencyRegistered, CredentialRegistered, CredentialRevoked, DelegationGiven, DelegationRevoked } from '../../events/agencies.ts';
import { ROLE_WORDS } from '../kernel/words.ts';
import { agencyIn, field, type Line, nobody, ownBasis, type Silence, tell } from './line.ts';

const holder = {
  recipients: agencyIn('agency', 'the agency'),
  mustSign: false,
  article: '第二十七条',
  document: 'data-security-law',
  basis: ownBasis,
} as const;

/** 单位名录: of its system's credential (接入凭证) an agency hears every change; the rest is seen where it is looked for. */
export const agenciesLines: readonly (Line | Silence)[] = [
  nobody(AgencyRegistered, '名录在各单位之间公开，在单位名录中看到'),
  nobody(AgencyListed, '只供系统查找应当告知的单位'),
  nobody(DelegationGiven, '双方同属一个单位，在委托一览中看到'),
  nobody(DelegationRevoked, '同上'),
  tell(CredentialRegistered, {
    ...holder,
    sender: { title: 'the bureau that registered it', of: field('registeredBy') },
    purpose: {
      title: '已为本单位登记系统接入凭证 (rotated: 已更换本单位系统接入凭证的密钥，原密钥24小时后失效)',
      of: ({ data }) => (data.rotates ? '已更换本单位系统接入凭证的密钥，原密钥24小时后失效' : '已为本单位登记系统接入凭证'),
    },
    withheld: ['密钥'],
    particulars: { 系统的身份: ({ data }) => data.roles.map((role) => ROLE_WORDS[role]).join('、'), 登记日期: field('registeredOn') },
  }),
  tell(CredentialRevoked, {
    ...holder,
    sender: { title: 'the bureau that revoked it', of: field('revokedBy') },
    purpose: '已撤销本单位的系统接入凭证，系统签名的提交不再受理',
    withheld: [],
    particulars: { 撤销日期: field('revokedOn') },
  }),
];
