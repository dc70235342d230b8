import * as z from 'zod';
import type { LocalTable } from '../deployment.ts';
import { byName, noPart, type Resources } from './resources.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const schema = z.strictObject({
  TableName: z.string(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY']) }),
      }),
    )
    .exactOptional(),
  StreamSpecification: z
    .strictObject({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .transform((stream) => ({ StreamEnabled: true, ...stream }))
    .exactOptional(),
  DeletionProtectionEnabled: noPart,
  PointInTimeRecoverySpecification: noPart,
  SSESpecification: noPart,
});

/** Tables (数据表), as CreateTable takes them. */
export const tablesOf = (resources: Resources): readonly LocalTable[] => {
  const read = resources.read('AWS::DynamoDB::Table', schema).map(({ at, properties }) => {
    const { DeletionProtectionEnabled: _, PointInTimeRecoverySpecification: __, SSESpecification: ___, ...creation } = properties;
    return { at, made: { name: creation.TableName, creation } };
  });
  return [...byName(read).values()];
};
