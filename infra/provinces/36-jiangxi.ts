import { province } from '../province.ts';

/** 江西省. Account and issuer are made. */
export default province({
  code: '36',
  name: 'jiangxi',
  title: '江西省',
  account: '000000000036',
  region: 'cn-north-1',
  identity: { issuer: 'https://issuer.jiangxi.example/', audience: 'jianheng' },
  signedIntake: true,
  sizes: {
    memory: { command: 512, query: 512, reaction: 512, stream: 1024 },
    throttle: { rate: 300, burst: 600 },
    reactionConcurrency: 10,
    archiveDays: 365,
  },
});
