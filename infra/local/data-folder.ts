import { join } from 'node:path';

/** Where a host keeps what it must not lose (数据目录): one folder a province. */
export const folderOf = (province: string): string => join('.data', province);

/** The files in it. */
export const filesIn = (data: string) => ({
  /** Ledger, views and data keys of the embedded mode, with its queues, positions and runs. */
  ledgerFile: join(data, 'province.sqlite'),
  /** Queues, positions and runs of the mode on DynamoDB Local. */
  queuesFile: join(data, 'queues.sqlite'),
  /** The master key, for its owner alone. */
  keyFile: join(data, 'master.key'),
  /** The key of the development issuer, for its owner alone. */
  issuerFile: join(data, 'issuer.jwk'),
  /** DynamoDB Local's files, and the access key id under which it keeps the tables. */
  tables: join(data, 'dynamodb'),
  accountFile: join(data, 'account'),
});
