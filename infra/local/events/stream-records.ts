import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import { REGION } from '../assembly/physical.ts';

/** A record of a stream in the form in which Lambda hands it to a function. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: { readonly SequenceNumber: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

export const streamRecord = (record: SdkRecord, eventSourceARN: string): StreamRecord => {
  const { Keys, NewImage, OldImage, ApproximateCreationDateTime, ...rest } = record.dynamodb ?? {};
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: REGION,
    eventSourceARN,
    dynamodb: {
      ...rest,
      SequenceNumber: rest.SequenceNumber ?? '',
      ApproximateCreationDateTime: Math.floor(Number(ApproximateCreationDateTime) / 1000),
      ...(Keys && { Keys: wireImage(Keys) }),
      ...(NewImage && { NewImage: wireImage(NewImage) }),
      ...(OldImage && { OldImage: wireImage(OldImage) }),
    },
  };
};

type Image = Readonly<Record<string, AttributeValue>>;

const wireImage = (image: Image): object =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, wireValue(value)]));

/** The SDK has bytes where the wire has base64. */
function wireValue(value: AttributeValue): unknown {
  if (value.B) return { B: base64(value.B) };
  if (value.BS) return { BS: value.BS.map(base64) };
  if (value.L) return { L: value.L.map(wireValue) };
  if (value.M) return { M: wireImage(value.M) };
  return value;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
