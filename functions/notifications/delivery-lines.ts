import {
  DeliveryFailed,
  DeliveryGivenUp,
  DeliveryPlanned,
  DeliverySucceeded,
  EndpointAnswered,
  EndpointDisabled,
  EndpointEnabled,
  EndpointPinged,
  EndpointRegistered,
  EndpointSecretRotated,
  RedeliveryAsked,
} from '../../events/deliveries.ts';
import type { DataOf } from '../../events/event.ts';
import { agencyIn, field, type Line, nobody, ownBasis, type Silence, tell } from './line.ts';

const agency = agencyIn('agency', 'the endpoint’s agency');
const WITHHELD = ['接收端点地址的路径', '签名密钥'];

const DISABLED: Readonly<Record<DataOf<typeof EndpointDisabled>['reason'], string>> = {
  asked: '接收端点已停用，通知只送达收件箱',
  failing: '接收端点连续三日没有应答，已停用；通知仍送达收件箱，请系统运行人员检修后恢复',
  gone: '接收端点答复不再接收（410），已停用；通知仍送达收件箱，请系统运行人员核对后恢复',
};

/** 接收端点: whatever is changed about where its notices go to, an agency finds in its inbox, whoever changed it. */
export const deliveryLines: readonly (Line | Silence)[] = [
  tell(EndpointRegistered, {
    recipients: agency,
    sender: { title: 'who registered it', of: field('registeredBy') },
    purpose: '已登记接收端点，今后的通知同时投递到该端点；不是本单位所为的，请立即停用并报告',
    withheld: WITHHELD,
    particulars: { 主机: field('host'), 登记单位: field('registeredBy'), 登记日期: field('registeredOn') },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  tell(EndpointSecretRotated, {
    recipients: agency,
    sender: { title: 'who rotated it', of: field('rotatedBy') },
    purpose: '接收端点的签名密钥已轮换，原密钥在一日内仍同时签名',
    withheld: ['签名密钥'],
    particulars: { 办理单位: field('rotatedBy'), 轮换日期: field('rotatedOn') },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  tell(EndpointDisabled, {
    recipients: agency,
    sender: { title: 'who disabled it; 系统 where it failed', of: field('disabledBy') },
    purpose: { title: 'why it was disabled', of: ({ data: { reason } }) => DISABLED[reason] },
    withheld: WITHHELD,
    particulars: { 主机: field('host'), 停用日期: field('disabledOn') },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  tell(EndpointEnabled, {
    recipients: agency,
    sender: { title: 'who enabled it', of: field('enabledBy') },
    purpose: '接收端点已恢复，今后的通知同时投递到该端点；停用期间的通知可以请求重新投递',
    withheld: WITHHELD,
    particulars: { 主机: field('host'), 办理单位: field('enabledBy'), 恢复日期: field('enabledOn') },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  nobody(EndpointPinged, '测试消息投递到接收端点，结果在投递记录中'),
  nobody(EndpointAnswered, '在接收端点查询中'),
  nobody(DeliveryPlanned, '在投递记录中'),
  nobody(RedeliveryAsked, '在投递记录中'),
  nobody(DeliverySucceeded, '在投递记录中'),
  nobody(DeliveryFailed, '在投递记录中，将再次投递'),
  nobody(DeliveryGivenUp, '在投递记录中；持续失败的端点停用后告知'),
];
