import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type AnyEvent, isPayoutEventType } from '../../../contracts/events/events.ts';
import { upcast } from '../../../contracts/events/upcast.ts';

/** The partition that holds all of one payment. */
export function paymentPartition(paymentId: string): string {
  return `PAYMENT#${paymentId}`;
}

/** The partition that holds all of one payout. */
export function payoutPartition(payoutId: string): string {
  return `PAYOUT#${payoutId}`;
}

/** The sort key of an event by its number, which orders them as the numbers do. */
export function eventKey(sequence: number): string {
  return `EVENT#${String(sequence).padStart(8, '0')}`;
}

/** `data` stays JSON text: DynamoDB maps do not keep the order of members, and answers are bytes. */
export function eventItem(event: AnyEvent): Record<string, AttributeValue> {
  const partition = isPayoutEventType(event.type) ? payoutPartition : paymentPartition;
  return {
    pk: { S: partition(event.subject) },
    sk: { S: eventKey(event.sequence) },
    id: { S: event.id },
    type: { S: event.type },
    version: { N: String(event.version) },
    time: { S: event.time },
    tenant: { S: event.tenant },
    subject: { S: event.subject },
    sequence: { N: String(event.sequence) },
    correlation_id: { S: event.correlation_id },
    causation_id: { S: event.causation_id },
    data: { S: JSON.stringify(event.data) },
  };
}

/** Reads an event back from its item or from a stream record's image: of the kind that is stored there. */
export function eventOf<Event extends AnyEvent = AnyEvent>(
  item: Readonly<Record<string, { S?: string; N?: string }>>,
): Event {
  const text = (name: string): string => {
    const value = item[name]?.S;
    if (value === undefined) {
      throw new Error(`an event item has no ${name}`);
    }
    return value;
  };
  const number = (name: string): number => {
    const value = Number(item[name]?.N);
    if (!Number.isSafeInteger(value)) {
      throw new Error(`an event item has no ${name}`);
    }
    return value;
  };
  return upcast({
    id: text('id'),
    type: text('type'),
    version: number('version'),
    time: text('time'),
    tenant: text('tenant'),
    subject: text('subject'),
    sequence: number('sequence'),
    correlation_id: text('correlation_id'),
    causation_id: text('causation_id'),
    data: JSON.parse(text('data')),
  } as Event);
}
