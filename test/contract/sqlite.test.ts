import { SqliteDataKeyStore } from '../../infra/local/sqlite/sqlite-data-keys.ts';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../../infra/local/sqlite/sqlite-view-store.ts';
import { temporaryDatabase } from '../infra/local/sqlite/temporary-database.ts';
import { dataKeyStoreContract } from './data-key-store.contract.ts';
import { ledgerStoreContract } from './ledger-store.contract.ts';
import { viewStoreContract } from './view-store.contract.ts';

ledgerStoreContract('SQLite', () => new SqliteLedgerStore(temporaryDatabase()));
viewStoreContract('SQLite', () => new SqliteViewStore(temporaryDatabase()));
dataKeyStoreContract('SQLite', () => new SqliteDataKeyStore(temporaryDatabase()));
