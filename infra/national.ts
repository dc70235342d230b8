import { hub } from './hub.ts';

/** 全国枢纽. The account is made. */
export default hub({ account: '000000000010', region: 'cn-north-1', archiveDays: 365 });
