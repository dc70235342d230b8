import { join } from 'node:path';

/** Where a host keeps what it must not lose (数据目录): one folder a province. */
export const folderOf = (province: string): string => join('.data', province);

/** The files in it. */
export const filesIn = (data: string) => ({
  /** Ledger, views and data keys where the host is embedded; queues, positions and runs in both modes. */
  ledgerFile: join(data, 'province.sqlite'),
  /** The master key, for its owner alone. */
  keyFile: join(data, 'master.key'),
  /** The key of the development issuer, for its owner alone. */
  issuerFile: join(data, 'issuer.jwk'),
  /** DynamoDB Local's files. */
  tables: join(data, 'dynamodb'),
});
