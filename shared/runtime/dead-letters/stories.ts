import type { AnyEvent } from '../../contracts/events/events.ts';
import type { Currency } from '../../domain/money/currency.ts';
import type { ReadStory, Story } from '../../ports/dead-letters.ts';
import type { ListPaymentEvents } from '../../ports/payments.ts';
import type { ListPayoutEvents } from '../../ports/payouts/payouts.ts';

/** Reads what came to a payment or payout from its events, the last of which carries how it is now. */
export function storiesOf(events: {
  readonly payments: ListPaymentEvents;
  readonly payouts: ListPayoutEvents;
}): ReadStory {
  return async ({ kind, id }) => {
    switch (kind) {
      case 'payment':
        return storyOf(await events.payments(id));
      case 'payout':
        return storyOf(await events.payouts(id));
      case 'conversion':
        return null;
    }
  };
}

function storyOf(events: readonly AnyEvent[]): Story | null {
  const last = events.at(-1);
  if (!last) {
    return null;
  }
  const { status, version, amount, currency } =
    'payment' in last.data ? last.data.payment : last.data.payout;
  return {
    status,
    version,
    amountMinor: amount,
    currency: currency as Currency,
    events: events.map(({ id, sequence, type, time }) => ({ id, sequence, type, time })),
  };
}
