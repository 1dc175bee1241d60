import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { concernOfEvent, type RangeItem } from '../../../domain/dead-letter/letter.ts';
import type { StreamRecord } from '../../../ports/dead-letters.ts';
import { transferPartition } from '../../dynamo/ledger/ledger-items.ts';
import { type Image, transferOf } from '../../dynamo/ledger/transfer-item.ts';
import { eventOf } from '../../dynamo/payments/event-item.ts';

/** A record of a stream as Lambda gives it to a function: with times in seconds, and bytes as text. */
export function lambdaRecord(
  { eventID, eventName, eventVersion, awsRegion, dynamodb = {} }: _Record,
  streamArn: string,
): StreamRecord['record'] {
  const { ApproximateCreationDateTime, Keys, NewImage, OldImage, ...rest } = dynamodb;
  return plain({
    eventID,
    eventName,
    eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion,
    dynamodb: {
      ...rest,
      ...(ApproximateCreationDateTime
        ? { ApproximateCreationDateTime: ApproximateCreationDateTime.getTime() / 1_000 }
        : {}),
      Keys,
      NewImage,
      OldImage,
    },
    eventSourceARN: streamArn,
  }) as StreamRecord['record'];
}

/** As JSON carries it: without what is undefined, and bytes in base64. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part,
    ),
  );
}

/** What a record has of what its table holds. */
export function itemOf(record: StreamRecord['record']): RangeItem {
  const { NewImage: image = {} } = (record.dynamodb ?? {}) as { readonly NewImage?: Image };
  try {
    if (image.pk?.S?.startsWith(transferPartition)) {
      return { kind: 'transfer', transfer: transferOf(image) };
    }
    const event = eventOf(image);
    concernOfEvent(event);
    return { kind: 'event', event };
  } catch (error) {
    return { kind: 'unreadable', says: (error as Error).message };
  }
}
