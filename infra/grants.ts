import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CredentialFact } from '../events/credential.ts';
import { SECRETS } from '../functions/kernel/aws/key-ring.ts';
import { ledgerKeysOf, RECEIPT } from '../functions/kernel/dynamodb/tables.ts';
import { scopeOf } from '../functions/kernel/execute.ts';
import { type AtDoor, contextOf, type Deployed, idOf, ringOf } from './deployed.ts';
import type { Names } from './names.ts';

/** ARNs of the customer-managed keys: of the tables and queues, of the key ring, of the pseudonyms. */
export interface Keys {
  readonly data: string;
  readonly ring: string;
  readonly pseudonym: string;
}

export interface GrantContext {
  readonly names: Names;
  readonly keys: Keys;
  /** Every context of the province: facts and previews read their streams. */
  readonly contexts: readonly string[];
}

/** All that a function may do (最小权限), by its kind. Nobody may Scan a table, and nobody may Update or Delete in the ledger. */
export function grantsOf(deployed: Deployed, about: GrantContext): PolicyStatement[] {
  const { names, keys } = about;
  const context = contextOf(deployed);
  const written = ledgerKeysOf(context);
  switch (deployed.kind) {
    case 'command':
      return [
        readLedger(about, [`${RECEIPT}command/*`, `${RECEIPT}reaction/*`]),
        appendLedger(about, [written.commits, written.command]),
        ...keyRing(about, deployed),
        useDataKey(keys, ['dynamodb']),
      ];
    case 'reaction':
      return [
        readLedger(about, [written.reaction]),
        appendLedger(about, [written.commits, written.reaction]),
        ...keyRing(about, deployed),
        useDataKey(keys, ['dynamodb', 'sqs']),
      ];
    case 'schedule':
      return [
        readLedger(about, [written.schedule]),
        appendLedger(about, [written.commits, written.schedule]),
        readViews(names),
        ...keyRing(about, deployed),
        useDataKey(keys, ['dynamodb']),
      ];
    case 'dispatch':
      return [
        readLedger(about, [written.schedule]),
        appendLedger(about, [written.commits, written.schedule]),
        readViews(names),
        ...keyRing(about, deployed),
        useDataKey(keys, ['dynamodb']),
      ];
    case 'query':
      return [readViews(names), ...keyRing(about, deployed), useDataKey(keys, ['dynamodb'])];
    case 'document':
      return [];
    case 'intake': {
      const invoke = invokeCommands(names, deployed);
      return deployed.route.signed ? [invoke, ...verifySignatures(about), useDataKey(keys, ['dynamodb'])] : [invoke];
    }
    case 'publish':
      return [allow(['events:PutEvents'], names.bus.arn), useDataKey(keys, ['dynamodb', 'sqs', 'events'])];
    case 'project':
      return [
        readLedger(about, []),
        readViews(names),
        allow(['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'], names.views.arn),
        useDataKey(keys, ['dynamodb', 'sqs']),
      ];
  }
}

const allow = (actions: readonly string[], resource: string, conditions?: Record<string, Record<string, unknown>>): PolicyStatement =>
  new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [resource], ...(conditions ? { conditions } : {}) });

const leadingKeys = (keys: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

const streamsOf = (contexts: readonly string[]): readonly string[] => contexts.map((context) => `${context}/*`);

/** Streams of every context, and these receipts; a guard's check reads too. */
const readLedger = ({ names, contexts }: GrantContext, receipts: readonly string[]): PolicyStatement =>
  allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'], names.ledger.arn, leadingKeys([...streamsOf(contexts), ...receipts]));

/** New commits and receipts, in one transaction; the stores put on the condition that nothing is there. */
const appendLedger = ({ names }: GrantContext, keys: readonly string[]): PolicyStatement => allow(['dynamodb:PutItem'], names.ledger.arn, leadingKeys(keys));

const readViews = (names: Names): PolicyStatement => allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], names.views.arn);

/** The functions of the commands that it hands on, one by one: whoever may call these may say who acts. */
function invokeCommands(names: Names, { route, types }: AtDoor): PolicyStatement {
  const commands = Object.values(types).filter(({ personal }) => !(route.signed && personal));
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['lambda:InvokeFunction'],
    resources: commands.map(({ command: name }) => names.functionArn(`${contextOf({ name })}-${idOf({ kind: 'command', name })}`)),
  });
}

/** Streams of the registered credentials, and the data keys under which their secrets lie. */
const verifySignatures = ({ names, keys }: GrantContext): PolicyStatement[] => {
  const credentials = `${CredentialFact.aggregate}/*`;
  return [
    allow(['dynamodb:GetItem', 'dynamodb:Query'], names.ledger.arn, leadingKeys([credentials])),
    allow(['dynamodb:GetItem'], names.keys.arn, leadingKeys([SECRETS.pseudonym, SECRETS.ring, credentials])),
    decrypt(keys.pseudonym, 'pseudonym'),
    decrypt(keys.ring, 'ring'),
  ];
};

/** Every function that knows persons needs their pseudonyms; only who seals or opens reaches the data keys, and those of its own aggregate. */
function keyRing({ names, keys }: GrantContext, deployed: Deployed): PolicyStatement[] {
  const { aggregate, seal, open } = ringOf(deployed);
  const pseudonyms = [allow(['dynamodb:GetItem'], names.keys.arn, leadingKeys([SECRETS.pseudonym])), decrypt(keys.pseudonym, 'pseudonym')];
  if (!aggregate || (!seal && !open)) return pseudonyms;
  const scopes = scopeOf(aggregate, ['*']);
  return [
    ...pseudonyms,
    allow(['dynamodb:GetItem'], names.keys.arn, leadingKeys([SECRETS.ring, scopes])),
    ...(seal ? [allow(['dynamodb:PutItem'], names.keys.arn, leadingKeys([scopes]))] : []),
    decrypt(keys.ring, 'ring'),
  ];
}

const decrypt = (key: string, purpose: keyof typeof SECRETS): PolicyStatement =>
  allow(['kms:Decrypt'], key, { StringEquals: { 'kms:EncryptionContext:purpose': purpose } });

/** The tables' and queues' own key, through those services only. */
const useDataKey = (keys: Keys, services: readonly string[]): PolicyStatement =>
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], keys.data, {
    'ForAnyValue:StringLike': { 'kms:ViaService': services.map((service) => `${service}.*.amazonaws.com*`) },
  });
