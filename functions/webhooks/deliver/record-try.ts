import {
  type Attempt,
  attempted,
  type Delivery,
  isNextTry,
  unsent,
} from '../../../shared/domain/webhook/delivery.ts';
import type { WebhookTerms } from '../../../shared/domain/webhook/terms.ts';
import type { WebhookDeliveries } from '../../../shared/ports/webhooks/webhooks.ts';

/** Each that comes first is a waker, a resend or another message for the same try: there are few. */
const writes = 5;

export interface RecordTryDependencies {
  readonly deliveries: Pick<WebhookDeliveries, 'get' | 'write'>;
  readonly terms: WebhookTerms;
  /** Waits before a next write, given how many there were. */
  readonly pause: (tried: number) => Promise<void>;
}

/** Others changed the delivery at each write. Nothing was written. */
class DeliveryContention extends Error {
  override readonly name = 'Contention';
}

/**
 * Puts a try that was made on record, over what others wrote while it was made:
 *
 *     deliver  read 4, post              write 5   ---- refused: it is 5; read 5, write 6
 *     wake            read 4, ask, write 5
 *
 * @param over when the try was over, RFC 3339
 * @returns the delivery after it; null when another message for the same try is on record, or the
 *   delivery is over
 * @throws DeliveryContention when others came first at each write: the try is made again
 */
export async function recordTry(
  { deliveries, terms, pause }: RecordTryDependencies,
  read: Delivery,
  {
    made,
    over,
    takesMore,
  }: { readonly made: Attempt; readonly over: string; readonly takesMore: boolean },
): Promise<Delivery | null> {
  let before: Delivery | null = read;
  for (let tried = 1; isNextTry(before, made.number); tried++) {
    const after = attempted(before, made, { time: over, terms });
    const kept = after.status === 'pending' && !takesMore ? unsent(after) : after;
    if ((await deliveries.write(kept)) === 'written') {
      return kept;
    }
    if (tried === writes) {
      throw new DeliveryContention(`webhook delivery ${read.id} was changed ${writes} times`);
    }
    await pause(tried);
    before = await deliveries.get(read);
  }
  return null;
}
