import { Aws } from 'aws-cdk-lib';
import { TABLES } from '../functions/kernel/dynamodb/tables.ts';

/**
 * Physical names (物理名称) in one province. Stacks know each other by these and by the parameters below, never by exports,
 * so that none keeps another from being changed.
 */
export const namesOf = (code: string) => {
  const named = (rest: string): string => `jianheng-${code}-${rest}`;
  const arn = (service: string, resource: string): string => `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
  const table = (name: keyof typeof TABLES) => ({ name: named(TABLES[name].name), arn: arn('dynamodb', `table/${named(TABLES[name].name)}`) });
  return {
    named,
    ledger: table('ledger'),
    views: table('views'),
    keys: table('keys'),
    functionArn: (rest: string): string => arn('lambda', `function:${named(rest)}`),
    bus: { name: named('bus'), arn: arn('events', `event-bus/${named('bus')}`) },
    alarms: { name: named('alarms'), arn: arn('sns', named('alarms')) },
    /** The keys that wrap the province's secrets, for the one who makes these. */
    aliases: { ring: `alias/${named('ring')}`, pseudonym: `alias/${named('pseudonym')}` },
    /** SSM parameters: identifiers that AWS gives and nobody chooses. */
    parameters: {
      api: `/jianheng/${code}/api`,
      authorizer: `/jianheng/${code}/authorizer`,
      ledgerStream: `/jianheng/${code}/ledger-stream`,
      dataKey: `/jianheng/${code}/data-key`,
      ringKey: `/jianheng/${code}/ring-key`,
      pseudonymKey: `/jianheng/${code}/pseudonym-key`,
    },
  };
};

export type Names = ReturnType<typeof namesOf>;
