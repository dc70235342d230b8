import type { DataKeyStore } from '../../functions/kernel/seal.ts';

/** Wrapped data keys 数据密钥 in memory. */
export class MemoryDataKeyStore implements DataKeyStore {
  readonly #entries = new Map<string, string | null>();

  async get(scope: string): Promise<{ wrapped: string } | 'destroyed' | undefined> {
    const wrapped = this.#entries.get(scope);
    if (wrapped === undefined) return undefined;
    return wrapped === null ? 'destroyed' : { wrapped };
  }

  async putIfAbsent(scope: string, wrapped: string): Promise<void> {
    if (!this.#entries.has(scope)) this.#entries.set(scope, wrapped);
  }

  async destroy(scope: string): Promise<void> {
    this.#entries.set(scope, null);
  }
}
