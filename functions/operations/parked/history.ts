import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { PayoutEvent } from '../../../shared/contracts/events/payout-events.ts';
import type { ParkedResource } from '../../../shared/contracts/operations/parked.ts';

export type Resolution = NonNullable<ParkedResource['resolution']>;

/** That something was parked, and how it came out of that. */
export interface ParkedHistory {
  readonly operation: ParkedResource['operation'];
  readonly since: string;
  readonly reason: string;
  /** Null while it waits, and nobody has said anything. */
  readonly resolution: Resolution | null;
}

/** What an event says of something that is parked. */
type Said = Resolution & {
  /** `known`: it is on record at the PSP's or the bank's word, or at a person's as if it was theirs. */
  readonly kind: 'word' | 'known' | 'resumed';
};

/** The last time that an operation of a payment was parked; null when it never was. */
export function paymentHistory(
  events: readonly PaymentEvent[],
  operationId: string,
): ParkedHistory | null {
  const parked = events.findLast(
    (event) => event.type === 'payment.parked' && event.data.operation_id === operationId,
  );
  if (parked?.type !== 'payment.parked') {
    return null;
  }
  const { operation, reason } = parked.data;
  const said = events
    .slice(parked.sequence)
    .flatMap((event) => ofPayment(event, { operation, operationId }) ?? []);
  return { operation, since: parked.time, reason, resolution: resolutionBy(said) };
}

/** The last time that a payout was parked; null when it never was. */
export function payoutHistory(events: readonly PayoutEvent[]): ParkedHistory | null {
  const parked = events.findLast(({ type }) => type === 'payout.parked');
  if (parked?.type !== 'payout.parked') {
    return null;
  }
  const said = events.slice(parked.sequence).flatMap((event) => ofPayout(event) ?? []);
  const { reason } = parked.data;
  return { operation: 'payout', since: parked.time, reason, resolution: resolutionBy(said) };
}

/**
 * What came first is what resolved it. But when the PSP's own word came between a person's and its
 * effect, it is the PSP's that counts.
 */
function resolutionBy([first, second]: readonly Said[]): Resolution | null {
  if (!first) {
    return null;
  }
  const isOvertaken =
    first.kind === 'word' &&
    second?.kind === 'known' &&
    (second.outcome !== first.outcome || second.provider_reference !== first.provider_reference);
  const { kind: _, ...resolution } = isOvertaken ? second : first;
  return resolution;
}

function ofPayment(
  event: PaymentEvent,
  { operation, operationId }: { readonly operation: string; readonly operationId: string },
): Said | null {
  if ('operation_id' in event.data && event.data.operation_id !== operationId) {
    return null;
  }
  const { time } = event;
  switch (event.type) {
    case 'payment.outcome_resolved': {
      const { outcome, provider_reference, by, reason } = event.data;
      return { kind: 'word', outcome, provider_reference, by, reason, time };
    }
    case 'payment.resumed':
    case 'payment.capture_resumed':
    case 'payment.cancel_resumed':
    case 'payment.refund_resumed':
      return resumed(event.data.reason, time);
    case 'payment.authorized':
    case 'payment.captured':
    case 'payment.charge_mismatched': {
      const { provider, provider_reference: reference } = event.data;
      return known('took_effect', provider, operation === 'charge' ? reference : null, time);
    }
    case 'payment.charge_reversed':
    case 'payment.canceled':
    case 'payment.expired':
    case 'payment.refunded':
      return known('took_effect', event.data.provider, null, time);
    case 'payment.charge_declined':
    case 'payment.operation_declined':
      return known('no_effect', event.data.provider, null, time);
    default:
      return null;
  }
}

function ofPayout(event: PayoutEvent): Said | null {
  const { time } = event;
  switch (event.type) {
    case 'payout.outcome_resolved': {
      const { outcome, bank_reference: provider_reference, by, reason } = event.data;
      return { kind: 'word', outcome, provider_reference, by, reason, time };
    }
    case 'payout.resumed':
      return resumed(event.data.reason, time);
    case 'payout.sent':
    case 'payout.paid':
      return known('took_effect', event.data.provider, event.data.bank_reference, time);
    case 'payout.declined':
      return known('no_effect', event.data.provider, null, time);
    case 'payout.failed': {
      const { came_back: order } = event.data;
      return order && known('took_effect', order.provider, order.bank_reference, time);
    }
    default:
      return null;
  }
}

function known(
  outcome: 'took_effect' | 'no_effect',
  by: string,
  provider_reference: string | null,
  time: string,
): Said {
  return { kind: 'known', outcome, provider_reference, by, reason: null, time };
}

function resumed(reason: string, time: string): Said {
  return { kind: 'resumed', outcome: 'resumed', provider_reference: null, by: null, reason, time };
}
