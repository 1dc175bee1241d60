import type { OperationAtPsp, PaymentFact } from '../../../contracts/events/payment-events.ts';
import { operationId } from '../../ids.ts';
import { isRefusedReversal } from '../fold/charge.ts';
import { type Operation, operationOf } from '../operations/operation.ts';
import {
  type Approval,
  approvedCharge,
  declinedCharge,
  declinedOperation,
  doneOperation,
  reversedCharge,
  type Terms,
} from '../outcome.ts';
import { providerOf } from '../routed.ts';
import type { Payment } from '../state.ts';
import { resumedOperation } from './sweep.ts';

/** What became of an operation at the PSP, for good. */
export type Conclusion =
  | (Approval & { readonly kind: 'approved' })
  | { readonly kind: 'done' }
  | { readonly kind: 'declined'; readonly code: string; readonly message: string };

/** Something of a payment that is unknown. */
export interface Open {
  readonly operationId: string;
  readonly operation: OperationAtPsp;
  /** RFC 3339. */
  readonly since: string;
}

/** What is unknown of a payment under an operation id, or refused for good and to be looked at; else null. */
export function openOf(payment: Payment, id: string): Open | null {
  if (payment.unknown?.operationId === id) {
    const { operation, since } = payment.unknown;
    return { operationId: id, operation, since };
  }
  if (payment.parked?.operationId === id && isRefusedReversal(payment)) {
    return { operationId: id, operation: 'reverse', since: payment.parked.since };
  }
  const operation = operationOf(payment, id);
  return operation?.unknown
    ? { operationId: id, operation: operation.kind, since: operation.unknown.since }
    : null;
}

/** What to ask the PSP about something that is unknown: the same that it was asked to do. */
export function questionOf(
  payment: Payment,
  { operationId: id, operation }: Open,
): {
  readonly kind: 'charge' | 'capture' | 'void' | 'refund';
  readonly operationId: string;
  readonly reference: string;
  readonly providerReference: string | null;
  readonly amountMinor: number | null;
  readonly currency: string;
} {
  const { currency, amount } = payment.request;
  const question = {
    operationId: id,
    reference: payment.id,
    providerReference: payment.charge?.reference ?? null,
    currency,
  };
  const asked = operationOf(payment, id);
  switch (operation) {
    case 'charge':
      return { ...question, kind: 'charge', amountMinor: amount };
    case 'reverse':
      return {
        ...question,
        kind: payment.charge?.captured ? 'refund' : 'void',
        amountMinor: null,
      };
    case 'cancel':
      return { ...question, kind: 'void', amountMinor: null };
    case 'capture':
    case 'refund':
      return { ...question, kind: operation, amountMinor: asked?.amountMinor ?? null };
  }
}

/**
 * The fact by which what is unknown is known. A reversal without effect is no end: it is sent again.
 *
 * @throws Error for a conclusion that such an operation cannot come to
 */
export function concludedBy(
  payment: Payment,
  open: Open,
  conclusion: Conclusion,
  terms: Terms,
  time: string,
): PaymentFact {
  const provider = providerOf(payment);
  const operation = operationOf(payment, open.operationId);
  if (operation) {
    return concludedOperation(payment, operation, conclusion, terms, provider);
  }
  if (open.operation === 'reverse' && payment.charge && conclusion.kind !== 'approved') {
    return conclusion.kind === 'done'
      ? reversedCharge(payment, payment.charge)
      : {
          type: 'payment.outcome_resolved',
          facts: {
            operation_id: operationId(payment.id, 'reverse'),
            operation: 'reverse',
            outcome: 'no_effect',
            provider_reference: null,
            by: provider,
            reason: conclusion.code,
          },
        };
  }
  switch (conclusion.kind) {
    case 'approved':
      return approvedCharge(payment, conclusion, provider, terms, time);
    case 'declined':
      return declinedCharge(payment, conclusion, provider);
    case 'done':
      throw new Error(`${open.operation} is said to be done, of what it is not said`);
  }
}

function concludedOperation(
  payment: Payment,
  operation: Operation,
  conclusion: Conclusion,
  { plan }: Terms,
  provider: string,
): PaymentFact {
  switch (conclusion.kind) {
    case 'done':
      return doneOperation(payment, operation, plan);
    case 'declined':
      return declinedOperation(operation, conclusion, provider);
    case 'approved':
      throw new Error(`a ${operation.kind} is said to be approved like a charge`);
  }
}

/**
 * The fact by which the saga of something goes on that is known now; null when its outcome was its end,
 * or an execution is on its way already.
 */
export function goesOn(payment: Payment, id: string, reason: string): PaymentFact | null {
  const operation = operationOf(payment, id);
  if (operation) {
    const waits = operation.status === 'processing' && !operation.unknown && !operation.parked;
    return waits && !operation.progress.resumed ? resumedOperation(operation, reason) : null;
  }
  const waits = payment.status === 'processing' && !payment.unknown && !payment.parked;
  return waits && !payment.progress.resumed ? { type: 'payment.resumed', facts: { reason } } : null;
}
