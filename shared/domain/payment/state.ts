import type { AcceptedPaymentRequest, PaymentResource } from '../../contracts/payment.ts';
import type { Dispute } from './operations/dispute.ts';
import type { Operation, OperationKind } from './operations/operation.ts';

export type PaymentStatus = PaymentResource['status'];

/**
 * Who may go where. A status that is not a key's value cannot be reached from that key; a status
 * with an empty list is terminal. Source: docs/architecture.md, "States of a payment".
 */
export const transitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  processing: ['requires_action', 'authorized', 'captured', 'failed'],
  requires_action: ['processing', 'failed', 'canceled'],
  authorized: ['partially_captured', 'captured', 'canceled', 'expired'],
  partially_captured: ['captured', 'canceled', 'expired'],
  captured: [],
  canceled: [],
  expired: [],
  failed: [],
};

/**
 * What a merchant may ask of a payment in each status. Within it amounts decide, and what is under
 * way: see `allowedMoves`. A refund never changes the status, so it has its place after the end.
 */
export const moves: Readonly<Record<PaymentStatus, readonly OperationKind[]>> = {
  processing: [],
  requires_action: [],
  authorized: ['capture', 'cancel'],
  partially_captured: ['capture', 'cancel', 'refund'],
  captured: ['refund'],
  canceled: ['refund'],
  expired: ['refund'],
  failed: [],
};

/** True when no event can change the payment's status any more. */
export function isTerminal(status: PaymentStatus): boolean {
  return transitions[status].length === 0;
}

/**
 * True when the payment's own saga has nothing left to do: the status that `Prefer: wait` waits
 * for. An authorized payment is at rest, though a capture may still come.
 */
export function isSettled(status: PaymentStatus): boolean {
  return status !== 'processing';
}

/** The pending transfer that holds the amount in the ledger, and what became of it. */
export interface Hold {
  readonly transferId: string;
  /** Less than the payment's amount after a capture of a part. */
  readonly amountMinor: number;
  readonly state: 'pending' | 'posted' | 'released';
}

/** What the PSP did for this payment, by its own reference. */
export interface ProviderCharge {
  readonly provider: string;
  readonly reference: string;
  readonly captured: boolean;
  /** False when the PSP approved another amount or currency than was asked. */
  readonly matches: boolean;
  readonly reversed: boolean;
}

/** That nobody knows what became of something at the PSP. */
export interface Unknown {
  /** RFC 3339. */
  readonly since: string;
}

/** That something waits for a person. */
export interface Parked {
  /** RFC 3339. */
  readonly since: string;
  readonly reason: string;
  /** What a person said of it, before that has led to anything. */
  readonly resolution: Resolution | null;
}

/** What became of an operation at the PSP, as somebody said who looked there. */
export interface Resolution {
  readonly outcome: 'took_effect' | 'no_effect';
  readonly providerReference: string | null;
}

/** How a saga comes to its end: when it was asked for, and how often. */
export interface Progress {
  /** RFC 3339: when it was asked for the last time. */
  readonly since: string;
  /** How often it was begun anew because it had not come to an end. */
  readonly resumes: number;
  /** True until an execution takes over what another one had begun. */
  readonly resumed: boolean;
}

/** A payment's whole state: the fold of its events. Amounts are in minor units of `currency`. */
export interface Payment {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
  readonly status: PaymentStatus;
  readonly request: AcceptedPaymentRequest;
  readonly requestHash: string;
  readonly created: string;
  readonly correlationId: string;
  /** The event that made this version; the cause of the next one. */
  readonly lastEventId: string;
  readonly amountAuthorizedMinor: number;
  readonly amountCapturedMinor: number;
  readonly amountRefundedMinor: number;
  /** The fees of all captures. */
  readonly feesMinor: number;
  /** RFC 3339: when what is not captured by then is given back; null before the authorization. */
  readonly authorizationExpires: string | null;
  /** The saga execution that owns the payment; null before the reservation. */
  readonly execution: string | null;
  /** True when that execution began anew after the reservation, or took over from another. */
  readonly restarted: boolean;
  /** Of the payment's own saga. */
  readonly progress: Progress;
  /** The PSP that the charge is routed to; null before the reservation. */
  readonly provider: string | null;
  readonly hold: Hold | null;
  /** Tries of the charge of which the PSP said that it processed nothing. */
  readonly busyTries: number;
  /** Which try of the charge was the last to begin: 0 for the first, and before it. */
  readonly lastTry: number;
  /** The PSP that was busy the last time; null once another one is asked. */
  readonly busyProvider: string | null;
  readonly charge: ProviderCharge | null;
  readonly decline: { readonly code: string; readonly message: string } | null;
  readonly unknown:
    | (Unknown & { readonly operation: 'charge' | 'reverse'; readonly operationId: string })
    | null;
  readonly parked:
    | (Parked & { readonly operation: 'charge' | 'reverse'; readonly operationId: string })
    | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** What was asked of the payment after it was taken, in that order. */
  readonly operations: readonly Operation[];
  readonly disputes: readonly Dispute[];
}

/** The payment as the API and the events show it; field order is fixed, so equal states are equal bytes. */
export function renderPayment(payment: Payment): PaymentResource {
  const { request } = payment;
  return {
    id: payment.id,
    object: 'payment',
    status: payment.status,
    amount: request.amount,
    currency: request.currency,
    amount_authorized: payment.amountAuthorizedMinor,
    amount_captured: payment.amountCapturedMinor,
    amount_refunded: payment.amountRefundedMinor,
    capture_method: request.capture_method,
    payment_method: request.payment_method,
    merchant_reference: request.merchant_reference,
    customer: request.customer?.id ?? null,
    metadata: request.metadata,
    failure: payment.failure,
    created: payment.created,
    version: payment.version,
  };
}
