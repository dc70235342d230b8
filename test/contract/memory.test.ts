import { MemoryDataKeyStore } from '../simulation/memory-data-keys.ts';
import { MemoryLedgerStore, MemoryViewStore } from '../simulation/memory-store.ts';
import { dataKeyStoreContract } from './data-key-store.contract.ts';
import { ledgerStoreContract } from './ledger-store.contract.ts';
import { viewStoreContract } from './view-store.contract.ts';

ledgerStoreContract('memory', () => new MemoryLedgerStore());
viewStoreContract('memory', () => new MemoryViewStore());
dataKeyStoreContract('memory', () => new MemoryDataKeyStore());
