import { moves, type Parked, type Payment, type Progress, type Unknown } from '../state.ts';
import { disputedMinor } from './dispute.ts';

export const operationKinds = ['capture', 'cancel', 'refund'] as const;

/** What a merchant can ask of a payment after it was taken. Each is a saga of its own. */
export type OperationKind = (typeof operationKinds)[number];

/**
 * How many operations a payment can have had when another one of a kind is asked for: its state is one
 * item. What gives money back has room where captures have none any more, and expiries come on top.
 */
export const mostOperations: Readonly<Record<OperationKind, number>> = {
  capture: 100,
  cancel: 130,
  refund: 130,
};

/** One request on a payment and what became of it. Amounts in minor units of the payment's currency. */
export interface Operation {
  /** By which the PSP knows it, too: UUIDv8 of payment, route and idempotency key. */
  readonly id: string;
  readonly kind: OperationKind;
  readonly amountMinor: number;
  /** A capture after which nothing is held any more; false for the other kinds. */
  readonly final: boolean;
  /** Of a cancellation; `requested` for the other kinds. */
  readonly cause: 'requested' | 'expired';
  readonly reason: string | null;
  readonly requestHash: string;
  readonly created: string;
  readonly status: 'processing' | 'succeeded' | 'failed';
  /** When it came to its end; null while it is processing. */
  readonly ended: string | null;
  /** The saga execution that may act for it; null before it began. */
  readonly execution: string | null;
  /** True when that execution began anew, or took over from another. */
  readonly restarted: boolean;
  /** Of its saga. */
  readonly progress: Progress;
  /** A refund whose amount is in transit in the ledger. */
  readonly held: boolean;
  /** Of a capture that succeeded. */
  readonly feeMinor: number;
  /** Tries of which the PSP said that it processed nothing. */
  readonly busyTries: number;
  readonly decline: { readonly code: string; readonly message: string } | null;
  /** While nobody knows whether the PSP did it nothing is retried or undone. */
  readonly unknown: Unknown | null;
  readonly parked: Parked | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** The operation of a payment by its id; undefined for an id that none has. */
export function operationOf(payment: Payment, id: string): Operation | undefined {
  return payment.operations.find((operation) => operation.id === id);
}

/**
 * True when it is on record that the PSP has done nothing of an operation that is under way: it said
 * no, or nothing was sent, as nothing is of a refund that is not in transit, nor of anything that no
 * execution has begun.
 */
export function isUndone({ kind, decline, held, execution }: Operation): boolean {
  return decline !== null || (kind === 'refund' ? !held : execution === null);
}

function underWay({ operations }: Payment, kind: OperationKind): Operation[] {
  return operations.filter(
    (operation) => operation.kind === kind && operation.status === 'processing',
  );
}

function sumMinor(operations: readonly Operation[]): number {
  return operations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Held, and not asked to be captured already. */
export function capturableMinor(payment: Payment): number {
  const heldMinor = payment.hold?.state === 'pending' ? payment.hold.amountMinor : 0;
  return heldMinor - sumMinor(underWay(payment, 'capture'));
}

/** Captured, and neither refunded, nor asked to be, nor taken back through a dispute. */
export function refundableMinor(payment: Payment): number {
  const { amountCapturedMinor, amountRefundedMinor, disputes } = payment;
  const leftMinor =
    amountCapturedMinor -
    amountRefundedMinor -
    sumMinor(underWay(payment, 'refund')) -
    disputedMinor(disputes);
  return Math.max(0, leftMinor);
}

/** True while something is under way after which nothing is held any more. */
function isClosing(payment: Payment): boolean {
  return (
    underWay(payment, 'cancel').length > 0 ||
    underWay(payment, 'capture').some((operation) => operation.final)
  );
}

/** True when a merchant can ask nothing more of the kind of the payment. */
export function isFull({ operations }: Payment, kind: OperationKind): boolean {
  return operations.filter(({ cause }) => cause === 'requested').length >= mostOperations[kind];
}

/**
 * What may be asked of the payment now, unless it is full:
 * - a capture while something is held that no other capture was asked for, unless the rest of the
 *   hold is being closed
 * - a cancellation, and a final capture, when no other capture and no cancellation is under way
 * - a refund while there is something left of what was captured
 */
export function allowedMoves(payment: Payment): OperationKind[] {
  const isAllowed: Record<OperationKind, () => boolean> = {
    capture: () => capturableMinor(payment) > 0 && !isClosing(payment),
    cancel: () => canClose(payment),
    refund: () => refundableMinor(payment) > 0,
  };
  return moves[payment.status].filter((kind) => !isFull(payment, kind) && isAllowed[kind]());
}

/** True when nothing is under way that the end of the hold would get in the way of. */
export function canClose(payment: Payment): boolean {
  return (
    payment.hold?.state === 'pending' &&
    underWay(payment, 'capture').length === 0 &&
    underWay(payment, 'cancel').length === 0
  );
}
