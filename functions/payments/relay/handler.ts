import { eventBridge } from '../../../shared/adapters/aws/event-bus.ts';
import { eventStreamHandler } from '../../../shared/adapters/dynamo/payments/event-stream.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { count, countedFor } from '../../../shared/runtime/observability.ts';
import { relay } from './relay.ts';

const publish = relay(eventBridge(setting('BUS_NAME')));

export const handler = eventStreamHandler(async (events) => {
  const result = await publish(events);
  count('EventsPublished', result.done);
  countedFor(events.map(({ correlation_id }) => correlation_id));
  return result;
});
