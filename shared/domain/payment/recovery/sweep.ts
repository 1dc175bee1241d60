import type { OperationAtPsp, PaymentFact } from '../../../contracts/events/payment-events.ts';
import { operationId } from '../../ids.ts';
import { canClose, type Operation } from '../operations/operation.ts';
import { moves, type Parked, type Payment, type Progress, type Unknown } from '../state.ts';

/*
 * What a sweeper does for payments that nothing else will move any more: the saga's machine died, the
 * inquiry ended without a word, the authorization's window is over.
 */

/** After the first expiry that failed; each further one doubles it. */
const expiryRetryMs = 60 * 60 * 1_000;

/** Most of what is under way has ended so long after it was asked for, and is never looked at. */
export const underWayMs = 60 * 1_000;

/** An inquiry has ended so long after an outcome became unknown, whatever the stage's schedule. */
export const inquiryEndsMs = 25 * 60 * 60 * 1_000;

/** So often a saga is begun anew; then a person has to look. */
export const maxResumes = 3;

/** Why a sweeper looks at a payment. */
export type SweepKind = 'expiry' | 'saga' | 'inquiry';

/** When a sweeper has to look at something. RFC 3339, UTC, milliseconds. */
export interface Due {
  readonly kind: SweepKind;
  readonly at: string;
}

/** The part of a payment's or an operation's state that says whether somebody sees to it. */
interface UnderWay {
  readonly progress: Progress;
  readonly unknown: Unknown | null;
  readonly parked: Parked | null;
}

/**
 * When a sweeper has to look at the payment, at the earliest; null when there is nothing to look for.
 * Whatever ends what it is due for writes the payment, and so makes it due anew, or not any more.
 */
export function dueOf(payment: Payment): Due | null {
  const dues = [
    expiryDueOf(payment),
    ...(payment.status === 'processing' ? [underWayDueOf(payment)] : []),
    ...payment.operations.filter(isUnderWay).map(underWayDueOf),
  ].filter((due): due is Due => due !== null);
  return dues.reduce<Due | null>(
    (first, due) => (first === null || due.at < first.at ? due : first),
    null,
  );
}

/** How long a saga has, by the stage, before it is taken for dead. */
export interface SweepTerms {
  readonly stuckAfterMs: number;
}

/**
 * The next fact that a sweeper has for a payment at a time; null when it is left as it is:
 * - an authorization whose window is over: a cancellation because of that
 * - a saga that has not come to its end in its time: it begins anew, a few times; then it is parked
 * - an outcome that is unknown after every inquiry must have ended: it is parked
 *
 * Beside a saga that is still at work each of them is safe. What begins anew takes the payment over,
 * by the version that both write at; and the PSP knows a repeated call by its id.
 */
export function sweepOf(
  payment: Payment,
  now: string,
  { stuckAfterMs }: SweepTerms,
): PaymentFact | null {
  const expiry = expiryDueOf(payment);
  if (expiry !== null && expiry.at <= now && payment.hold) {
    return {
      type: 'payment.cancel_requested',
      facts: {
        operation_id: operationId(payment.id, 'expire', expiriesOf(payment).length),
        amount: payment.hold.amountMinor,
        cause: 'expired',
        reason: null,
        // No request asked for it.
        request_hash: 'expired',
      },
    };
  }
  const nowMs = Date.parse(now);
  const isOver = (since: string, ms: number) => Date.parse(since) + ms <= nowMs;
  const endOf = (
    { unknown, parked, progress }: UnderWay,
    of: { readonly operation_id: string; readonly operation: OperationAtPsp },
    resume: (reason: string) => PaymentFact,
  ): PaymentFact | null => {
    const park = (reason: string): PaymentFact => ({
      type: 'payment.parked',
      facts: { ...of, reason },
    });
    if (parked) {
      return null;
    }
    if (unknown) {
      return isOver(unknown.since, inquiryEndsMs)
        ? park('the inquiry ended without a conclusion')
        : null;
    }
    if (!isOver(progress.since, stuckAfterMs)) {
      return null;
    }
    return progress.resumes < maxResumes
      ? resume('the saga did not come to an end in its time')
      : park(`the saga did not come to an end, begun anew ${maxResumes} times`);
  };
  if (payment.status === 'processing') {
    const fact = endOf(payment, openOperationOf(payment), (reason) => ({
      type: 'payment.resumed',
      facts: { reason },
    }));
    if (fact) {
      return fact;
    }
  }
  for (const operation of payment.operations.filter(isUnderWay)) {
    const { id, kind } = operation;
    const fact = endOf(operation, { operation_id: id, operation: kind }, (reason) =>
      resumedOperation(operation, reason),
    );
    if (fact) {
      return fact;
    }
  }
  return null;
}

/** The fact by which an operation's saga begins anew. */
export function resumedOperation({ id, kind }: Operation, reason: string): PaymentFact {
  return { type: `payment.${kind}_resumed`, facts: { operation_id: id, reason } };
}

/** What of the payment's own saga is at the PSP, or will be: its charge, or what undoes it. */
export function openOperationOf(payment: Payment): {
  readonly operation_id: string;
  readonly operation: 'charge' | 'reverse';
} {
  const operation = payment.unknown?.operation ?? (payment.charge ? 'reverse' : 'charge');
  return { operation_id: operationId(payment.id, operation), operation };
}

/** The payment's expiries, those that failed included. */
export function expiriesOf({ operations }: Payment): Operation[] {
  return operations.filter(({ cause }) => cause === 'expired');
}

function isUnderWay({ status }: Operation): boolean {
  return status === 'processing';
}

/**
 * At the end of the payment's authorization, and a while after an expiry that failed; null while there
 * is nothing to expire, or something is under way that an expiry would get in the way of.
 */
function expiryDueOf(payment: Payment): Due | null {
  const isOpen = moves[payment.status].includes('cancel') && canClose(payment);
  if (payment.authorizationExpires === null || !isOpen) {
    return null;
  }
  const expiries = expiriesOf(payment);
  const ended = expiries.at(-1)?.ended ?? null;
  return {
    kind: 'expiry',
    at:
      ended === null
        ? payment.authorizationExpires
        : after(ended, expiryRetryMs * 2 ** (expiries.length - 1)),
  };
}

function underWayDueOf({ unknown, parked, progress }: UnderWay): Due | null {
  if (parked) {
    return null;
  }
  return unknown
    ? { kind: 'inquiry', at: after(unknown.since, inquiryEndsMs) }
    : { kind: 'saga', at: after(progress.since, underWayMs) };
}

function after(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}
