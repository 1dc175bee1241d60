import type * as z from 'zod/mini';
import { isPayoutEventType } from '../../contracts/events/events.ts';
import { upcast } from '../../contracts/events/upcast.ts';
import type { DeadLetter } from '../../ports/messaging.ts';
import type { Trigger } from '../function-spec.ts';
import { count, logger } from '../observability.ts';
import { isFenced, replayOf, replayUnderWay } from '../replay/replay.ts';
import { queueConsumer } from './queue-consumer.ts';

/**
 * A handler of a consumer's queue, into which the bus puts each event with an envelope around it. An
 * event that the envelope marks as replayed is consumed as a replay; a consumer that goes outside
 * does nothing for it, unless the replay may.
 */
export function eventConsumer<
  Event extends {
    readonly type: string;
    readonly tenant: string;
    readonly correlation_id: string;
    readonly subject: string;
  },
>({
  trigger,
  consume,
  ...options
}: {
  /** The spec's own, so that what a consumer says of itself is what it goes by. */
  readonly trigger: Pick<Extract<Trigger, { kind: 'consumer' }>, 'outside'>;
  readonly schema: z.ZodMiniType<Event>;
  readonly maxReceives: number;
  readonly deadLetter: DeadLetter;
  readonly consume: (event: Event) => Promise<void>;
}) {
  const contextOf = ({ type, tenant, subject, correlation_id }: Event) => ({
    tenant,
    [isPayoutEventType(type) ? 'payout_id' : 'payment_id']: subject,
    correlation_id,
  });
  return queueConsumer<Event>({
    ...options,
    what: 'an event',
    contentOf: (body) => upcast((body as { detail?: unknown } | null)?.detail),
    replayOf,
    contextOf,
    consume: async (event) => {
      const replay = replayUnderWay();
      if (trigger.outside && isFenced(replay)) {
        count('ReplayFenced');
        logger.info('nothing done for a replayed event', {
          ...contextOf(event),
          replay_name: replay?.name,
        });
        return;
      }
      await consume(event);
    },
  });
}
