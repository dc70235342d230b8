import { province } from '../province.ts';

/** 重庆市. Account and issuer are made. */
export default province({
  code: '50',
  name: 'chongqing',
  title: '重庆市',
  account: '000000000050',
  region: 'cn-northwest-1',
  identity: { issuer: 'https://issuer.chongqing.example/', audience: 'jianheng' },
  signedIntake: false,
  sizes: {
    memory: { command: 512, query: 512, reaction: 512, stream: 1024 },
    throttle: { rate: 300, burst: 600 },
    reactionConcurrency: 10,
    archiveDays: 365,
  },
});
