import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { deployedOf } from './deployed.ts';
import { loadDefinitions } from './local/load-definitions.ts';
import { makeApp } from './make-app.ts';
import national from './national.ts';
import { loadProvinces } from './province.ts';

const bundles = fileURLToPath(new URL('../.bundles/', import.meta.url));
const provinces = await loadProvinces();
const definitions = await loadDefinitions();
const deployed = deployedOf(definitions);
await bundle(definitions, deployed, bundles);
makeApp(provinces, deployed, bundles, undefined, { hub: national }).synth();
