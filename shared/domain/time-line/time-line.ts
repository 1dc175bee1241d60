import type { PaymentEvent } from '../../contracts/events/payment-events.ts';
import type { PaymentResource } from '../../contracts/payment.ts';
import type { Transfer } from '../ledger/transfer.ts';
import type { Delivery } from '../webhook/delivery.ts';
import { eventMoments, postingMoments, transfersOf } from './events.ts';
import { inOrder, type Moment } from './moment.ts';
import { type PspReport, pspMoments } from './psp.ts';
import { type Execution, sagaMoments } from './sagas.ts';
import { webhookMoments } from './webhooks.ts';

/** What could not be looked at, and why. */
export interface Missing {
  readonly what: string;
  readonly why: string;
}

/** All that is known of one payment, of whoever knows it. */
export interface Known {
  /** From the first to the one that is looked at; at least one. */
  readonly events: readonly PaymentEvent[];
  /** When the look ends, RFC 3339; null: what came after those events belongs to it. */
  readonly until: string | null;
  readonly executions: readonly Execution[];
  readonly reports: ReadonlyMap<string, PspReport | null>;
  /** Those of the events' transfers that the ledger has; null when it could not be asked. */
  readonly stored: readonly Transfer[] | null;
  readonly deliveries: readonly Delivery[];
  readonly missing: readonly Missing[];
}

/** What happened to one payment, in order, and what is not known of it. */
export interface TimeLine {
  readonly object: 'payment_time_line';
  /** As the last of the events left it. */
  readonly payment: PaymentResource;
  readonly moments: readonly (Moment & { readonly after_ms: number })[];
  readonly missing: readonly Missing[];
}

/** Puts all that is known of a payment on one line. `after_ms` is since its first event. */
export function timeLineOf(known: Known): TimeLine {
  const { events, until, executions, reports, stored, deliveries, missing } = known;
  const last = events.at(-1);
  if (!last) {
    throw new Error('a payment without events has no time line');
  }
  const moments = inOrder([
    ...executions.flatMap((execution) => sagaMoments(execution, until)),
    // What a PSP's own side says it says of now.
    ...pspMoments(events, until === null ? reports : new Map()),
    ...eventMoments(events),
    ...(stored === null ? [] : postingMoments(transfersOf(events), stored)),
    ...deliveries.flatMap(webhookMoments),
  ]).filter(({ time }) => until === null || time <= until);
  const startMs = Date.parse(events[0]?.time ?? '');
  return {
    object: 'payment_time_line',
    payment: last.data.payment,
    moments: moments.map((moment) => ({
      ...moment,
      after_ms: Date.parse(moment.time) - startMs,
    })),
    missing,
  };
}
