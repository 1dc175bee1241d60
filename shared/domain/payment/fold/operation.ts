import type { PaymentFact } from '../../../contracts/events/payment-events.ts';
import { transferId } from '../../ids.ts';
import {
  allowedMoves,
  canClose,
  capturableMinor,
  isFull,
  type Operation,
  type OperationKind,
  operationOf,
  refundableMinor,
} from '../operations/operation.ts';
import { moves, type Payment } from '../state.ts';
import { known, resolutionOf, resolved, resumed } from './charge.ts';
import { IllegalTransition } from './illegal.ts';

/**
 * What a fact about an operation changes; null for a fact of the payment's own saga.
 *
 * @throws IllegalTransition when the operation cannot have come to it
 */
export function changeByOperation(
  before: Payment,
  fact: PaymentFact,
  time: string,
): Partial<Payment> | null {
  switch (fact.type) {
    case 'payment.capture_requested':
      refuse(!allowedMoves(before).includes('capture'), fact, before);
      refuse(fact.facts.amount > capturableMinor(before), fact, before);
      refuse(fact.facts.final && !canClose(before), fact, before);
      return requested(before, time, { ...fact.facts, kind: 'capture' });
    case 'payment.cancel_requested':
      refuse(!moves[before.status].includes('cancel') || !canClose(before), fact, before);
      refuse(fact.facts.amount !== before.hold?.amountMinor, fact, before);
      return requested(before, time, { ...fact.facts, kind: 'cancel' });
    case 'payment.refund_requested':
      refuse(!moves[before.status].includes('refund'), fact, before);
      refuse(fact.facts.amount > refundableMinor(before), fact, before);
      return requested(before, time, { ...fact.facts, kind: 'refund' });
    case 'payment.operation_started':
      return changed(before, fact, ['capture', 'cancel'], (operation) => {
        refuse(operation.execution !== null, fact, before);
        return begun(operation, fact.facts.execution);
      });
    case 'payment.operation_restarted':
      return changed(before, fact, anyKind, ({ progress }) => ({
        restarted: true,
        execution: fact.facts.execution,
        progress: { ...progress, resumed: false },
      }));
    case 'payment.capture_resumed':
      return resumedOf(before, fact, 'capture', time);
    case 'payment.cancel_resumed':
      return resumedOf(before, fact, 'cancel', time);
    case 'payment.refund_resumed':
      return resumedOf(before, fact, 'refund', time);
    case 'payment.operation_declined':
      return changed(before, fact, anyKind, (operation) => {
        refuse(operation.decline !== null, fact, before);
        const { code, message } = fact.facts;
        return { decline: { code, message }, ...known };
      });
    case 'payment.operation_failed':
      return changed(before, fact, anyKind, (operation) => {
        refuse(operation.unknown !== null || operation.held, fact, before);
        const { code, message } = fact.facts;
        return { status: 'failed', ended: time, failure: { code, message }, parked: null };
      });
    case 'payment.refund_held':
      return changed(before, fact, ['refund'], (operation) => {
        refuse(operation.execution !== null, fact, before);
        return { held: true, ...begun(operation, fact.facts.execution) };
      });
    case 'payment.refund_returned':
      return changed(before, fact, ['refund'], (operation) => {
        refuse(!operation.held || operation.unknown !== null, fact, before);
        return { held: false };
      });
    case 'payment.refunded': {
      const { operations } = changed(before, fact, ['refund'], (operation) => {
        refuse(!operation.held || operation.decline !== null, fact, before);
        return { ...done(time), held: false };
      });
      return { operations, amountRefundedMinor: before.amountRefundedMinor + fact.facts.amount };
    }
    case 'payment.canceled':
    case 'payment.expired': {
      const { operations } = changed(before, fact, ['cancel'], (operation) => {
        refuse(operation.decline !== null, fact, before);
        refuse((operation.cause === 'expired') !== (fact.type === 'payment.expired'), fact, before);
        return done(time);
      });
      return {
        operations,
        status: fact.type === 'payment.expired' ? 'expired' : 'canceled',
        hold: resolved(before.hold, 'released'),
      };
    }
    case 'payment.captured':
      return operationOf(before, fact.facts.operation_id) ? captured(before, fact, time) : null;
    case 'payment.provider_busy':
      return operationOf(before, fact.facts.operation_id)
        ? changed(before, fact, anyKind, ({ busyTries }) => ({ busyTries: busyTries + 1 }))
        : null;
    case 'payment.outcome_unknown':
      return operationOf(before, fact.facts.operation_id)
        ? changed(before, fact, anyKind, ({ kind }) => {
            refuse(kind !== fact.facts.operation, fact, before);
            return { unknown: { since: time } };
          })
        : null;
    case 'payment.parked':
      return operationOf(before, fact.facts.operation_id)
        ? changed(before, fact, anyKind, ({ kind, parked }) => {
            refuse(kind !== fact.facts.operation || parked !== null, fact, before);
            return { parked: { since: time, reason: fact.facts.reason, resolution: null } };
          })
        : null;
    case 'payment.outcome_resolved':
      return operationOf(before, fact.facts.operation_id)
        ? changed(before, fact, anyKind, ({ kind, parked, unknown }) => {
            refuse(kind !== fact.facts.operation || unknown === null, fact, before);
            refuse(parked === null, fact, before);
            return { parked: parked && { ...parked, resolution: resolutionOf(fact.facts) } };
          })
        : null;
    default:
      return null;
  }
}

function begun({ progress }: Operation, execution: string) {
  return { execution, progress: { ...progress, resumed: false } };
}

function resumedOf(
  before: Payment,
  fact: Extract<PaymentFact, { type: `payment.${OperationKind}_resumed` }>,
  kind: OperationKind,
  time: string,
): Pick<Payment, 'operations'> {
  return changed(before, fact, [kind], ({ unknown, progress }) => {
    refuse(unknown !== null, fact, before);
    return { progress: resumed(progress, time), parked: null };
  });
}

const anyKind: readonly OperationKind[] = ['capture', 'cancel', 'refund'];

/** A capture of a part posts so much of the hold and holds the rest anew, unless it is the final one. */
function captured(
  before: Payment,
  fact: Extract<PaymentFact, { type: 'payment.captured' }>,
  time: string,
): Partial<Payment> {
  const { amount, fee, operation_id } = fact.facts;
  const { operations } = changed(before, fact, ['capture'], (operation) => {
    refuse(operation.decline !== null, fact, before);
    return { ...done(time), feeMinor: fee };
  });
  const hold = resolved(before.hold, 'posted');
  const leftMinor = hold.amountMinor - amount;
  refuse(leftMinor < 0, fact, before);
  const isLast = fact.facts.final || leftMinor === 0;
  return {
    operations,
    status: isLast ? 'captured' : 'partially_captured',
    amountCapturedMinor: before.amountCapturedMinor + amount,
    feesMinor: before.feesMinor + fee,
    hold: isLast
      ? hold
      : {
          transferId: transferId(before.id, 'held_anew', operation_id),
          amountMinor: leftMinor,
          state: 'pending',
        },
    charge: before.charge && { ...before.charge, captured: true },
  };
}

function done(time: string) {
  return { status: 'succeeded', ended: time, ...known } as const;
}

function requested(
  before: Payment,
  time: string,
  facts: {
    readonly kind: OperationKind;
    readonly operation_id: string;
    readonly amount: number;
    readonly request_hash: string;
    readonly final?: boolean;
    readonly cause?: Operation['cause'];
    readonly reason?: string | null;
  },
): Partial<Payment> {
  if (operationOf(before, facts.operation_id)) {
    throw new IllegalTransition(`operation ${facts.operation_id} was asked for before`);
  }
  if (facts.cause !== 'expired' && isFull(before, facts.kind)) {
    throw new IllegalTransition('as much was asked of the payment as it takes');
  }
  const operation: Operation = {
    id: facts.operation_id,
    kind: facts.kind,
    amountMinor: facts.amount,
    final: facts.final ?? false,
    cause: facts.cause ?? 'requested',
    reason: facts.reason ?? null,
    requestHash: facts.request_hash,
    created: time,
    status: 'processing',
    ended: null,
    execution: null,
    restarted: false,
    progress: { since: time, resumes: 0, resumed: false },
    held: false,
    feeMinor: 0,
    busyTries: 0,
    decline: null,
    ...known,
    failure: null,
  };
  return { operations: [...before.operations, operation] };
}

/** Changes one operation that is under way. @throws IllegalTransition for any other */
function changed(
  before: Payment,
  fact: PaymentFact & {
    readonly facts: { readonly operation_id: string; readonly amount?: number };
  },
  kinds: readonly OperationKind[],
  change: (operation: Operation) => Partial<Operation>,
): Pick<Payment, 'operations'> {
  const operation = operationOf(before, fact.facts.operation_id);
  if (operation?.status !== 'processing' || !kinds.includes(operation.kind)) {
    throw new IllegalTransition(`${fact.type} of no operation that it could be of`);
  }
  refuse((fact.facts.amount ?? operation.amountMinor) !== operation.amountMinor, fact, before);
  const after = { ...operation, ...change(operation) };
  return {
    operations: before.operations.map((other) => (other === operation ? after : other)),
  };
}

function refuse(isIllegal: boolean, { type }: PaymentFact, { status }: Payment): void {
  if (isIllegal) {
    throw new IllegalTransition(`${type} does not fit the payment, which is ${status}`);
  }
}
