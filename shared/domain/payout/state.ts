import type { CreatePayoutBody, PayoutResource } from '../../contracts/payouts/payouts.ts';
import type { Parked, Progress, Unknown } from '../payment/state.ts';

export type PayoutStatus = PayoutResource['status'];

/**
 * Who may go where. A status that is not a key's value cannot be reached from that key; a status
 * with an empty list is terminal. The bank's word that a payout arrived may be here before our own
 * that it was sent, so there is a way past `in_transit`.
 */
export const payoutTransitions: Readonly<Record<PayoutStatus, readonly PayoutStatus[]>> = {
  processing: ['in_transit', 'paid', 'failed'],
  in_transit: ['paid', 'failed'],
  paid: [],
  failed: [],
};

/** True when no event can change the payout any more. */
export function isOver(status: PayoutStatus): boolean {
  return payoutTransitions[status].length === 0;
}

/** True when the payout's saga has nothing left to do: the status that `Prefer: wait` waits for. */
export function isSent(status: PayoutStatus): boolean {
  return status !== 'processing';
}

/** A payout's whole state: the fold of its events. */
export interface Payout {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
  readonly status: PayoutStatus;
  readonly request: CreatePayoutBody;
  readonly requestHash: string;
  readonly created: string;
  readonly correlationId: string;
  /** The event that made this version; the cause of the next one. */
  readonly lastEventId: string;
  /** The saga execution that owns the payout; null before the reservation. */
  readonly execution: string | null;
  readonly progress: Progress;
  /** Where the amount is: `held` is in transit in the ledger; null is where it was before. */
  readonly reservation: 'held' | 'returned' | 'paid' | null;
  /** The bank that the order goes to; null before the first try. */
  readonly provider: string | null;
  /** How often an order went out, or was about to; under one id, so the bank takes one at most. */
  readonly tries: number;
  /** Those of which the bank said that it processed nothing. */
  readonly busyTries: number;
  /** The order at the bank, as the bank calls it. */
  readonly order: { readonly provider: string; readonly reference: string } | null;
  readonly decline: { readonly code: string; readonly message: string } | null;
  /** Nobody knows whether the bank has the order: nothing is sent or given back before that. */
  readonly unknown: Unknown | null;
  readonly parked: Parked | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** True while a try has no answer: the bank may have the order. */
export function mayBeAtTheBank({ tries, busyTries, decline }: Payout): boolean {
  return tries > busyTries && decline === null;
}

/** The payout as the API and the events show it; field order is fixed, so equal states are equal bytes. */
export function renderPayout(payout: Payout): PayoutResource {
  const { request } = payout;
  return {
    id: payout.id,
    object: 'payout',
    status: payout.status,
    amount: request.amount,
    currency: request.currency,
    destination: request.destination,
    metadata: request.metadata,
    failure: payout.failure,
    created: payout.created,
    version: payout.version,
  };
}
