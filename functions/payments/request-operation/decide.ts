import { ApiError } from '../../../shared/contracts/errors.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import type {
  CancelPaymentBody,
  CapturePaymentBody,
  RefundPaymentBody,
} from '../../../shared/contracts/operations/operations.ts';
import {
  allowedMoves,
  canClose,
  capturableMinor,
  isFull,
  mostOperations,
  type OperationKind,
  refundableMinor,
} from '../../../shared/domain/payment/operations/operation.ts';
import { moves, type Payment } from '../../../shared/domain/payment/state.ts';

/** The body of each request. */
export interface Bodies {
  readonly capture: CapturePaymentBody;
  readonly cancel: CancelPaymentBody;
  readonly refund: RefundPaymentBody;
}

/** By what an operation will be known, and its request told from another. */
interface Identity {
  readonly operation_id: string;
  readonly request_hash: string;
}

/** Decides on a request, on the payment as it is now: the fact that it was taken. */
type Decide<Body> = (payment: Payment, body: Body, identity: Identity) => Requested;

/** That something was asked of a payment, with its amount. */
type Requested = Extract<
  PaymentFact,
  { type: 'payment.capture_requested' | 'payment.cancel_requested' | 'payment.refund_requested' }
>;

/**
 * What each request comes to.
 *
 * @throws ApiError `invalid_state`, `too_many_operations` or `amount_too_large`
 */
export const decisions: { readonly [K in OperationKind]: Decide<Bodies[K]> } = {
  capture: (payment, { amount, final }, identity) => {
    refuseUnlessAllowed(payment, 'capture');
    const amountMinor = amountWithin(amount, capturableMinor(payment), 'captured');
    if (final && !canClose(payment)) {
      throw invalidState(payment, 'A final capture has to be the only one under way.');
    }
    // One that takes all that is held is the last one, said or not.
    const takesAll = amountMinor === payment.hold?.amountMinor;
    return {
      type: 'payment.capture_requested',
      facts: { ...identity, amount: amountMinor, final: final || takesAll },
    };
  },
  cancel: (payment, { reason }, identity) => {
    refuseUnlessAllowed(payment, 'cancel');
    const amount = payment.hold?.amountMinor ?? 0;
    return {
      type: 'payment.cancel_requested',
      facts: { ...identity, amount, cause: 'requested', reason },
    };
  },
  refund: (payment, { amount, reason }, identity) => {
    refuseUnlessAllowed(payment, 'refund');
    const amountMinor = amountWithin(amount, refundableMinor(payment), 'refunded');
    return {
      type: 'payment.refund_requested',
      facts: { ...identity, amount: amountMinor, reason },
    };
  },
};

/** What its status does not allow no payment allows, full or not: that is said first. */
function refuseUnlessAllowed(payment: Payment, kind: OperationKind): void {
  if (moves[payment.status].includes(kind) && isFull(payment, kind)) {
    throw new ApiError('too_many_operations', full, {
      members: { most: mostOperations[kind] },
    });
  }
  if (!allowedMoves(payment).includes(kind)) {
    throw invalidState(payment, situationOf(payment, kind));
  }
}

/** What is asked for, or all that is available. @throws ApiError `amount_too_large` */
function amountWithin(askedMinor: number | null, availableMinor: number, done: string): number {
  if (askedMinor !== null && askedMinor > availableMinor) {
    throw new ApiError('amount_too_large', `Less than this is left that can be ${done}.`, {
      members: { available: availableMinor },
    });
  }
  return askedMinor ?? availableMinor;
}

function invalidState(payment: Payment, detail: string): ApiError {
  return new ApiError('invalid_state', detail, {
    members: { state: payment.status, allowed: allowedMoves(payment) },
  });
}

const full = 'As much was asked of this payment as one payment takes.';

const nouns: Readonly<Record<OperationKind, string>> = {
  capture: 'capture',
  cancel: 'cancellation',
  refund: 'refund',
};

/** What the payment is, and what of it is in the way. */
function situationOf({ status, operations }: Payment, kind: OperationKind): string {
  const underWay = operations.filter((operation) => operation.status === 'processing');
  const inTheWay = [...new Set(underWay.map((operation) => nouns[operation.kind]))].map(
    (noun) => `a ${noun} of it is under way`,
  );
  const spent = moves[status].includes(kind) ? [`nothing of it is left to ${kind}`] : [];
  const reasons = inTheWay.length > 0 ? inTheWay : spent;
  return `${[`The payment is ${status}`, ...reasons].join(', and ')}.`;
}
