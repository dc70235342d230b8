import { province } from '../province.ts';

/** 山西省. Account and issuer are made. */
export default province({
  code: '14',
  name: 'shanxi',
  title: '山西省',
  account: '000000000014',
  region: 'cn-north-1',
  identity: { issuer: 'https://issuer.shanxi.example/', audience: 'jianheng' },
  signedIntake: false,
  sizes: {
    memory: { command: 512, query: 512, reaction: 512, stream: 1024 },
    throttle: { rate: 300, burst: 600 },
    reactionConcurrency: 10,
    archiveDays: 365,
  },
});
