import { randomBytes } from 'node:crypto';

/** What stands for an AWS account (云账户) on this machine: whoever knows its access key id reaches its data, so it is random and stays with them. */
export interface Account {
  /** Letters and digits; DynamoDB Local keeps a database for each, and for each region. */
  readonly accessKeyId: string;
  readonly region: string;
}

/** A new access key id, 128 bits. */
export const newAccessKeyId = (): string => `AKIA${randomBytes(16).toString('hex').toUpperCase()}`;

/** How a client of the SDK reaches a service of an account at an endpoint. Nothing on this machine looks at signatures. */
export const reaching = (endpoint: string, { accessKeyId, region }: Account) => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey: SECRET },
});

/** Where the services are on this machine. */
export interface Endpoints {
  readonly dynamodb: string;
  /** PutEvents, KMS and Invoke. */
  readonly services: string;
}

/** What Lambda's runtime gives every function beside its template's environment, with the variables by which the SDK finds this machine's services. */
export const runtimeEnvironment = ({ accessKeyId, region }: Account, { dynamodb, services }: Endpoints): Readonly<Record<string, string>> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  // A profile of whoever works on this machine is none of the functions' affair.
  AWS_CONFIG_FILE: NOWHERE,
  AWS_SHARED_CREDENTIALS_FILE: NOWHERE,
  TZ: ':UTC',
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  AWS_ENDPOINT_URL_EVENTBRIDGE: services,
  AWS_ENDPOINT_URL_KMS: services,
  LOOPBACK_ENDPOINTS: 'allowed',
  AWS_ENDPOINT_URL_LAMBDA: services,
});

const SECRET = 'local';
const NOWHERE = '/dev/null';
