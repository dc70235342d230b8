import * as z from 'zod';

/**
 * Kinds of agency (机关或者单位类别): justice-bureau 司法行政机关 · court 人民法院 · procuratorate 人民检察院 · police 公安机关 ·
 * institution 司法鉴定机构 · association 司法鉴定协会 · discipline 纪检监察机关 · health 卫生健康部门、医学会 · government 人民政府、其他行政机关 ·
 * ministry 司法部 · market-regulator 市场监督管理部门（资质认定）· provider 能力验证提供者 · insurer-regulator 保险监管机构 · organ 其他机关、单位（上级机关、主管单位）.
 */
export const agencyKind = z.enum([
  'justice-bureau',
  'court',
  'procuratorate',
  'police',
  'institution',
  'association',
  'discipline',
  'health',
  'government',
  'ministry',
  'market-regulator',
  'provider',
  'insurer-regulator',
  'organ',
]);
export type AgencyKind = z.infer<typeof agencyKind>;
