import { province } from '../province.ts';

/** 上海市. Account and issuer are made. */
export default province({
  code: '31',
  name: 'shanghai',
  title: '上海市',
  account: '000000000031',
  region: 'cn-north-1',
  identity: { issuer: 'https://issuer.shanghai.example/', audience: 'jianheng' },
  signedIntake: true,
  sizes: {
    memory: { command: 512, query: 512, reaction: 512, stream: 1024 },
    throttle: { rate: 500, burst: 1000 },
    reactionConcurrency: 20,
    archiveDays: 365,
  },
});
