import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { OperationKind } from '../../../shared/domain/payment/operations/operation.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import {
  additionOf,
  addTallies,
  type DayTotals,
  dayPosition,
  type Tallies,
  type TotalName,
  talliesText,
} from '../../../shared/domain/reports/daily-totals.ts';
import { hold } from './hold.ts';

/** The days of a tenant's payments have what each of its events adds, once, and no day else. */
export function checkDays(days: readonly DayTotals[], events: readonly PaymentEvent[]): void {
  const added = new Map<string, Tallies>();
  for (const event of events) {
    const addition = additionOf(event);
    if (talliesText(addition.totals) !== '') {
      const day = dayPosition(addition);
      added.set(day, addTallies(added.get(day) ?? {}, addition.totals));
    }
  }
  hold(days.length === added.size, () => `${days.length} days, and events on ${added.size}`);
  for (const day of days) {
    const [has, due] = [day.totals, added.get(dayPosition(day)) ?? {}].map(talliesText);
    hold(has === due, () => `${dayPosition(day)} has ${has}, and its events add ${due}`);
  }
}

/** All days of a currency together are what its payments have come to, which know of no days. */
export function checkTotals(
  days: readonly Pick<DayTotals, 'totals'>[],
  payments: readonly Payment[],
): void {
  const totals = days.map((day) => day.totals).reduce(addTallies, {});
  const due = paymentSums(payments);
  for (const [name, { count, amount }] of Object.entries(due)) {
    const { count: counted = 0, amountMinor = 0n } = totals[name as TotalName] ?? {};
    hold(
      (count ?? counted) === counted && BigInt(amount) === amountMinor,
      () => `${name}: ${counted}, ${amountMinor} together; of payments ${count}, ${amount}`,
    );
  }
}

/** What the states of payments say of it; they do not say how often there was a capture at a charge. */
function paymentSums(
  payments: readonly Payment[],
): Partial<Record<TotalName, { readonly count?: number; readonly amount: number }>> {
  const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
  const each = (amountOf: (payment: Payment) => number) => sum(payments.map(amountOf));
  const done = (kind: OperationKind, cause: 'requested' | 'expired') =>
    tally(
      payments
        .flatMap(({ operations }) => operations)
        .filter((one) => one.kind === kind && one.cause === cause && one.status === 'succeeded')
        .map(({ amountMinor }) => amountMinor),
    );
  const tally = (amounts: readonly number[]) => ({ count: amounts.length, amount: sum(amounts) });
  const disputes = payments.flatMap((payment) => payment.disputes);
  const ended = (status: 'won' | 'lost') => ({
    count: disputes.filter((dispute) => dispute.status === status).length,
    amount: 0,
  });
  const failed = payments.filter(({ status }) => status === 'failed');
  return {
    accepted: tally(payments.map(({ request }) => request.amount)),
    captured: { amount: each(({ amountCapturedMinor }) => amountCapturedMinor) },
    fees: { amount: each(({ feesMinor }) => feesMinor) },
    refunded: done('refund', 'requested'),
    failed: tally(failed.map(({ request }) => request.amount)),
    canceled: done('cancel', 'requested'),
    expired: done('cancel', 'expired'),
    disputes_opened: tally(disputes.map(({ amountMinor }) => amountMinor)),
    dispute_fees: { amount: sum(disputes.map(({ feeMinor }) => feeMinor)) },
    disputes_won: ended('won'),
    disputes_lost: ended('lost'),
  };
}
