import type { Basis } from '../../events/basis.ts';

/** What a bureau has to do is done by its officers; no text says who stands in for one. */
export const DELEGATION: Basis = {
  document: '司办通〔2020〕56号',
  article: '第八条',
  status: 'law',
  reading: '应由司法行政机关办理的事项，承办人员可以在一定期间内委托本机关其他人员办理，决定写明委托人和受委托人',
};

/** Art. 8 tells superiors and governing bodies, so that the directory must know them. */
export const DIRECTORY: Basis = {
  document: '司办通〔2020〕56号',
  article: '第八条',
  status: 'law',
  reading: '通报上级机关或者主管单位，须先在名录中登记其上级机关或者主管单位',
};
