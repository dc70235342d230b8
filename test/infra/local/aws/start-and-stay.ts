import { startDynamoDbLocal } from '../../../../infra/local/aws/dynamodb-local.ts';

/** Starts DynamoDB Local, says its process id on stdout, and stays until it is killed. */
const { pid } = await startDynamoDbLocal();
process.stdout.write(`${pid}\n`);
