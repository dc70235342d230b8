import type { AttributeValue, _Record as ServiceRecord } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, AttributeValue as LambdaValue } from 'aws-lambda';
import type { StreamEntry } from '../stream-source.ts';

/** A record (变更记录) of the service in the shape that Lambda gives functions: bytes as base64, the time in seconds. */
export function lambdaRecord({ eventID, eventName, eventVersion, eventSource, awsRegion, dynamodb = {} }: ServiceRecord, eventSourceARN: string): StreamEntry {
  const { ApproximateCreationDateTime: at, Keys, NewImage, OldImage, SequenceNumber = '', SizeBytes, StreamViewType } = dynamodb;
  const record = defined({
    eventID,
    eventName,
    eventVersion,
    eventSource,
    awsRegion,
    eventSourceARN,
    dynamodb: defined({
      ApproximateCreationDateTime: at && Math.floor(at.getTime() / 1000),
      Keys: Keys && image(Keys),
      NewImage: NewImage && image(NewImage),
      OldImage: OldImage && image(OldImage),
      SequenceNumber,
      SizeBytes,
      StreamViewType,
    }),
  });
  return { sequence: SequenceNumber, arrivedAt: at?.toISOString(), record: record as DynamoDBRecord };
}

const image = (attributes: Readonly<Record<string, AttributeValue>>): Record<string, LambdaValue> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, lambdaValue(value)]));

function lambdaValue({ B, BS, L, M, ...rest }: AttributeValue): LambdaValue {
  if (B) return { B: base64(B) };
  if (BS) return { BS: BS.map(base64) };
  if (L) return { L: L.map(lambdaValue) };
  if (M) return { M: image(M) };
  return rest as LambdaValue;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const defined = <Whole extends object>(whole: Whole): Partial<Whole> =>
  Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as Partial<Whole>;
