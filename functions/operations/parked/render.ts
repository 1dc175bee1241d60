import type { ParkedAction, ParkedResource } from '../../../shared/contracts/operations/parked.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { operationOf } from '../../../shared/domain/payment/operations/operation.ts';
import type { ParkedOperation } from '../../../shared/domain/payment/recovery/parked.ts';
import type { Parked, Payment } from '../../../shared/domain/payment/state.ts';
import type { ParkedPayout } from '../../../shared/domain/payout/parked.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import type { ParkedHistory, Resolution } from './history.ts';

/** What a person can do about something that waits: make good what was said, or else anything that fits. */
export function actionsOf({
  unknown,
  resolution,
}: Pick<Parked, 'resolution'> & { readonly unknown: boolean }): ParkedAction[] {
  if (resolution) {
    return [resolution.outcome];
  }
  return unknown ? ['took_effect', 'no_effect', 'ask'] : ['resume'];
}

/** What of a payment has this id; null when nothing has. */
export function operationNamed(
  payment: Payment,
  id: string,
): { readonly operation: ParkedOperation['operation']; readonly amountMinor: number } | null {
  const asked = operationOf(payment, id);
  if (asked) {
    return { operation: asked.kind, amountMinor: asked.amountMinor };
  }
  const operation = (['charge', 'reverse'] as const).find(
    (own) => operationId(payment.id, own) === id,
  );
  return operation ? { operation, amountMinor: payment.request.amount } : null;
}

/** Something of a payment that waits. `said`: the word that has not led to anything yet, from its event. */
export function waitingPayment(
  payment: Payment,
  parked: ParkedOperation,
  said: Resolution | null,
  answer: string | null = null,
): ParkedResource {
  return {
    ...ofPayment(payment, parked.operation, parked.operationId, parked.amountMinor),
    unknown: parked.unknown,
    since: parked.since,
    reason: parked.reason,
    actions: actionsOf(parked),
    resolution: said,
    answer,
  };
}

/** Something of a payment that waited. */
export function resolvedPayment(
  payment: Payment,
  id: string,
  history: ParkedHistory,
): ParkedResource {
  const amountMinor = operationNamed(payment, id)?.amountMinor ?? payment.request.amount;
  return { ...ofPayment(payment, history.operation, id, amountMinor), ...ended(history) };
}

/** A payout that waits. */
export function waitingPayout(
  payout: Payout,
  parked: ParkedPayout,
  said: Resolution | null,
  answer: string | null = null,
): ParkedResource {
  return {
    ...ofPayout(payout),
    unknown: parked.unknown,
    since: parked.since,
    reason: parked.reason,
    actions: actionsOf(parked),
    resolution: said,
    answer,
  };
}

/** A payout that waited. */
export function resolvedPayout(payout: Payout, history: ParkedHistory): ParkedResource {
  return { ...ofPayout(payout), ...ended(history) };
}

function ended({ since, reason, resolution }: ParkedHistory) {
  return { unknown: false, since, reason, actions: [], resolution, answer: null };
}

function ofPayment(
  { id, tenant, request }: Payment,
  operation: ParkedResource['operation'],
  operation_id: string,
  amount: number,
) {
  return {
    object: 'parked' as const,
    payment_id: id,
    payout_id: null,
    tenant,
    operation,
    operation_id,
    amount,
    currency: request.currency,
  };
}

function ofPayout({ id, tenant, request }: Payout) {
  return {
    object: 'parked' as const,
    payment_id: null,
    payout_id: id,
    tenant,
    operation: 'payout' as const,
    // The bank knows the order by the payout's own id.
    operation_id: id,
    amount: request.amount,
    currency: request.currency,
  };
}
