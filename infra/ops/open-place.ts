import { loadDeployment } from '../local/assembly/synthesize.ts';
import { cannotRun } from '../local/aws/dynamodb-local.ts';
import { folderOf } from '../local/data-folder.ts';
import { loadDefinitions } from '../local/load-definitions.ts';
import { NotHere } from '../local/open-host.ts';
import { provinceCalled } from '../province.ts';
import type { Values } from './command.ts';
import { clientsIn, deployedPlace } from './deployed-place.ts';
import { dynamoDbFolder, sqliteFolder } from './folder-place.ts';
import { Misuse } from './misuse.ts';
import type { Place } from './place.ts';

/** Options that say which place is meant. */
export const WHERE = {
  province: { takes: 'NAME', says: 'name or code (default jiangxi)' },
  data: { takes: 'FOLDER', says: 'where its host keeps its data (default .data/<province>); the host must be stopped' },
  dynamodb: { says: 'that host ran with --dynamodb' },
  deployed: { says: 'the deployed province instead, with the AWS credentials of the environment' },
} as const;

/** Opens what the options name. Throws {@link Misuse} and the errors of each place. */
export async function openPlace({ province: called = 'jiangxi', data, dynamodb, deployed }: Values): Promise<Place> {
  if (deployed && (data !== undefined || dynamodb)) throw new Misuse('--data and --dynamodb are for a folder, not for --deployed');
  const province = await provinceCalled(String(called));
  const [deployment, definitions] = await Promise.all([loadDeployment(province.name), loadDefinitions()]);
  if (deployed) return deployedPlace({ province, deployment, definitions, clients: clientsIn(province.region) });
  const parts = { data: String(data ?? folderOf(province.name)), deployment, definitions };
  if (!dynamodb) return sqliteFolder(parts);
  const lacking = cannotRun();
  if (lacking !== undefined) throw new NotHere(lacking);
  return dynamoDbFolder(parts);
}

/** Those options as they were given, as they are typed. */
export const typedAgain = (values: Values): string =>
  Object.keys(WHERE)
    .map((name) => {
      const value = values[name];
      if (value === undefined) return '';
      return typeof value === 'string' ? ` --${name} ${/^[\w./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`}` : ` --${name}`;
    })
    .join('');
