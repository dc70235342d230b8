import * as z from 'zod';
import type { Clock } from '../../../functions/kernel/ports.ts';
import type { Account } from './account.ts';
import { type Invoke, type JsonService, type Operation, Refusal, serveJson } from './json-service.ts';
import type { KeyService } from './local-key-service.ts';
import { type Put, putEvents } from './put-events.ts';

export interface ServiceEndpointsOptions {
  readonly account: Account;
  readonly put: Put;
  readonly keyService: Pick<KeyService, 'decrypt'>;
  readonly invoke: Invoke;
  /** Stamps entries that name no time. */
  readonly clock: Clock;
}

/** The services beside the database that a province's functions call (云服务接口): EventBridge's PutEvents, KMS's Decrypt and Lambda's Invoke, over the wire. */
export const serveEndpoints = ({ account, put, keyService, invoke, clock }: ServiceEndpointsOptions): Promise<JsonService> =>
  serveJson(
    account,
    new Map([
      ['AWSEvents.PutEvents', putEvents(put, clock)],
      ['TrentService.Decrypt', decrypt(keyService)],
    ]),
    invoke,
  );

const decryptRequest = z.object({ CiphertextBlob: z.base64(), EncryptionContext: z.record(z.string(), z.string()).default({}) });

const decrypt =
  (keyService: Pick<KeyService, 'decrypt'>): Operation =>
  async (input) => {
    const parsed = decryptRequest.safeParse(input);
    if (!parsed.success) throw new Refusal('SerializationException', 'the request has not the shape of Decrypt');
    const plain = keyService.decrypt(Buffer.from(parsed.data.CiphertextBlob, 'base64'), parsed.data.EncryptionContext);
    if (!plain) throw new Refusal('InvalidCiphertextException', '');
    return { KeyId: 'local', Plaintext: Buffer.from(plain).toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  };
