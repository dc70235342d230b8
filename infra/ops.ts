import { openPlace } from './ops/open-place.ts';
import { runOps } from './ops/run-ops.ts';

process.exitCode = await runOps(process.argv.slice(2), { tell: console.log, warn: console.error, open: openPlace });
