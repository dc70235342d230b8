import type { Basis } from '../../events/basis.ts';

/** Art. 8 tells superiors and governing bodies, so that the directory must know them. */
export const DIRECTORY: Basis = {
  document: '司办通〔2020〕56号',
  article: '第八条',
  status: 'law',
  reading: '通报上级机关或者主管单位，须先在名录中登记其上级机关或者主管单位',
};
