import type { DynamoDBRecord } from 'aws-lambda';
import type { AnyEvent } from '../../../contracts/events/events.ts';
import { streamHandler } from '../../../runtime/consumers/stream.ts';
import { eventOf } from './event-item.ts';

/**
 * A handler of the payments table's stream that gets the events in it. A record that is no event
 * stops the batch there, so that its neighbours before it pass and Lambda isolates it.
 */
export function eventStreamHandler(
  handle: (events: readonly AnyEvent[]) => Promise<{ done: number; error?: unknown }>,
) {
  return streamHandler(async (records) => {
    const events: AnyEvent[] = [];
    let unreadable: unknown;
    for (const record of records) {
      try {
        events.push(readEvent(record));
      } catch (error) {
        unreadable = error;
        break;
      }
    }
    const result = await handle(events);
    return result.error === undefined && unreadable !== undefined
      ? { done: result.done, error: unreadable }
      : result;
  });
}

function readEvent(record: DynamoDBRecord): AnyEvent {
  const image = record.dynamodb?.NewImage;
  if (!image) {
    throw new Error('the stream record has no new image');
  }
  return eventOf(image);
}
