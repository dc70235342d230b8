import { join } from 'node:path';
import { bundle } from '../../bundle.ts';
import { deployedOf } from '../../deployed.ts';
import { makeApp } from '../../make-app.ts';
import { loadProvinces } from '../../province.ts';
import { loadDefinitions } from '../load-definitions.ts';

/** `<province's name> <folder>`: makes that province's stage below `app` in the folder, with bundles of its own. */
const [name, folder = ''] = process.argv.slice(2);
const provinces = (await loadProvinces()).filter((province) => province.name === name);
const definitions = await loadDefinitions();
const deployed = deployedOf(definitions);
const bundles = join(folder, 'bundles');
await bundle(definitions, deployed, bundles);
makeApp(provinces, deployed, bundles, join(folder, 'app'), { checked: false }).synth();
