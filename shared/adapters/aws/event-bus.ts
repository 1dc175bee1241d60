import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { eventSourceOf } from '../../contracts/events/events.ts';
import type { PublishEvents } from '../../ports/messaging.ts';
import { traced } from '../../runtime/observability.ts';
import { clientOptions } from './client-options.ts';

/** Publishes on an EventBridge bus: the detail is the event's whole envelope. */
export function eventBridge(busName: string): PublishEvents {
  const client = traced(new EventBridgeClient(clientOptions()));
  return async (events) => {
    const { Entries = [] } = await client.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: busName,
          Source: eventSourceOf(event),
          DetailType: event.type,
          Time: new Date(event.time),
          Resources: [event.subject],
          Detail: JSON.stringify(event),
        })),
      }),
    );
    return events.map((_, index) => {
      const entry = Entries[index];
      return entry?.EventId ? null : `${entry?.ErrorCode}: ${entry?.ErrorMessage}`;
    });
  };
}
