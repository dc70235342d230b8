import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PATIENCE } from '../../functions/kernel/dynamodb/errors.ts';
import { DynamoLedgerStore } from '../../functions/kernel/dynamodb/ledger-store.ts';
import { COUNTER_SHARDS } from '../../functions/kernel/dynamodb/tables.ts';
import { DynamoViewStore } from '../../functions/kernel/dynamodb/view-store.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { rebuild } from '../../functions/kernel/project.ts';
import { environmentIn } from '../local/deployed-environment.ts';
import type { Deployment } from '../local/deployment.ts';
import type { Place } from './place.ts';
import { standingIn } from './standing-in-dynamodb.ts';

export interface DynamoDbParts extends Pick<Kernel, 'definitions' | 'bus' | 'clock'> {
  readonly client: DynamoDBDocumentClient;
  readonly deployment: Deployment;
  /** Milliseconds for which the feed holds a commit back. */
  readonly settleMs: number;
  /** Resolves when the feed holds back no commit that is there now. */
  readonly settled: () => Promise<void>;
}

/** Tries of a write that meets those of the functions: a rebuild that gave up would begin anew. */
const STUBBORN = { ...PATIENCE, attempts: 12 };

/** What of a place lies in DynamoDB. */
export function dynamoDbPart({ client, deployment, settleMs, settled, ...ports }: DynamoDbParts): Pick<Place, 'kernel' | 'standing' | 'rebuild'> {
  const { PROVINCE: province, LEDGER_TABLE, VIEWS_TABLE, LEDGER_SINCE: since } = environmentIn(deployment);
  const ledger = new DynamoLedgerStore({ client, table: LEDGER_TABLE, clock: ports.clock, since, settleMs });
  const kernel = { ...ports, province, ledger, views: new DynamoViewStore({ client, table: VIEWS_TABLE, patience: STUBBORN }) };
  return {
    kernel,
    standing: () => standingIn(client, VIEWS_TABLE),
    // More at once would only meet in the shards of a counter that all of them move.
    rebuild: () => rebuild(kernel, { abreast: COUNTER_SHARDS, emptied: settled }),
  };
}
