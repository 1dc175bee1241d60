import type * as z from 'zod/mini';
import { isPayoutEventType } from '../../contracts/events/events.ts';
import type { DeadLetter } from '../../ports/messaging.ts';
import { queueConsumer } from './queue-consumer.ts';

/** A handler of a consumer's queue, into which the bus puts each event with an envelope around it. */
export function eventConsumer<
  Event extends {
    readonly type: string;
    readonly tenant: string;
    readonly correlation_id: string;
    readonly subject: string;
  },
>(options: {
  readonly schema: z.ZodMiniType<Event>;
  readonly maxReceives: number;
  readonly deadLetter: DeadLetter;
  readonly consume: (event: Event) => Promise<void>;
}) {
  return queueConsumer<Event>({
    ...options,
    what: 'an event',
    contentOf: (body) => (body as { detail?: unknown } | null)?.detail,
    contextOf: ({ type, tenant, subject, correlation_id }) => ({
      tenant,
      [isPayoutEventType(type) ? 'payout_id' : 'payment_id']: subject,
      correlation_id,
    }),
  });
}
