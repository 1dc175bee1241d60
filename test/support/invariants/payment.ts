import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { type AccountCode, accountCodes } from '../../../shared/domain/ledger/accounts.ts';
import { balanceOf, deltasOf } from '../../../shared/domain/ledger/book.ts';
import { postingsOf } from '../../../shared/domain/ledger/postings.ts';
import { effectOf, type Transfer, zeroCounters } from '../../../shared/domain/ledger/transfer.ts';
import { applyEvent, factOf } from '../../../shared/domain/payment/fold.ts';
import type { OperationKind } from '../../../shared/domain/payment/operations/operation.ts';
import { type Payment, renderPayment, transitions } from '../../../shared/domain/payment/state.ts';
import { hold } from './hold.ts';

/* The invariants of docs/architecture.md that are about one payment, by their numbers. */

/**
 * 2: 0 <= captured <= authorized, 0 <= refunded <= captured; and what is asked for beside is no more
 * than there is.
 */
export function checkAmounts(payment: Payment): void {
  const { amountAuthorizedMinor, amountCapturedMinor, amountRefundedMinor } = payment;
  hold(0 <= amountCapturedMinor, 'captured less than nothing');
  hold(amountCapturedMinor <= amountAuthorizedMinor, 'captured more than authorized');
  hold(0 <= amountRefundedMinor, 'refunded less than nothing');
  hold(amountRefundedMinor <= amountCapturedMinor, 'refunded more than captured');
  const askedMinor = (kind: OperationKind) =>
    payment.operations
      .filter((operation) => operation.kind === kind && operation.status === 'processing')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const heldMinor = payment.hold?.state === 'pending' ? payment.hold.amountMinor : 0;
  hold(askedMinor('capture') + askedMinor('cancel') <= heldMinor, 'more is asked for than is held');
  hold(
    amountRefundedMinor + askedMinor('refund') <= amountCapturedMinor,
    'more refunds are asked for than was captured',
  );
}

/**
 * 6: one version a change, and no status out of a terminal one. And 4 again: the ledger has exactly
 * the postings that the events make.
 */
export function checkHistory(
  payment: Payment,
  events: readonly PaymentEvent[],
  transfers: readonly Transfer[],
): void {
  const expected: Transfer[] = [];
  let before: Payment | null = null;
  for (const event of events) {
    const after: Payment = applyEvent(before, event, factOf(event));
    if (before) {
      expected.push(...postingsOf(before, factOf(event), event.time));
      const allowed = [before.status, ...transitions[before.status]];
      hold(allowed.includes(after.status), `${before.status} became ${after.status}`);
    }
    hold(after.version === (before?.version ?? 0) + 1, 'a version was left out');
    hold(
      JSON.stringify(renderPayment(after)) === JSON.stringify(event.data.payment),
      'an event shows another payment than it leaves',
    );
    before = after;
  }
  hold(JSON.stringify(before) === JSON.stringify(payment), 'the fold is not the state');
  const own = transfers.filter(({ posting }) => !settlementPostings.has(posting));
  hold(
    JSON.stringify(sorted(own)) === JSON.stringify(sorted(expected)),
    'the ledger has other postings than the events make',
  );
  const pending = own.reduce((sum, transfer) => sum + effectOf(transfer).pending, 0n);
  const held = payment.hold?.state === 'pending' ? payment.hold.amountMinor : 0;
  hold(pending === BigInt(held), 'another amount is pending than is held');
  checkAccounts(payment, own);
}

/** 4: what a payment has moved between the accounts is what became of it. */
function checkAccounts(payment: Payment, own: readonly Transfer[]): void {
  const { tenant, request, operations, disputes } = payment;
  const sum = (of: readonly number[]) => of.reduce((total, minor) => total + minor, 0);
  const inTransit = sum(operations.filter(({ held }) => held).map((o) => o.amountMinor));
  const chargedBack = sum(
    disputes.map((d) => d.feeMinor + (d.status === 'won' ? 0 : d.amountMinor)),
  );
  const receivable = payment.amountCapturedMinor - payment.amountRefundedMinor - chargedBack;
  const expected: Partial<Record<AccountCode, number>> = {
    psp_receivable: receivable,
    merchant_payable: receivable - payment.feesMinor - inTransit,
    fee_revenue: payment.feesMinor,
    refunds_in_transit: inTransit,
  };
  const deltas = deltasOf({ tenant, currency: request.currency }, own);
  for (const code of accountCodes) {
    const found = balanceOf(code, deltas[code] ?? zeroCounters);
    hold(
      found === BigInt(expected[code] ?? 0),
      () => `${code} is at ${found} by a payment that left ${expected[code] ?? 0}`,
    );
  }
}

/** Of a payment as well, but made by the settlement and not by its events. */
const settlementPostings: ReadonlySet<string> = new Set([
  'settled',
  'psp_fee',
  'settled_back',
  'made_available',
  'taken_back',
  'owed',
  'debt_paid',
]);

function sorted(transfers: readonly Transfer[]): Transfer[] {
  return [...transfers].sort((a, b) => (a.id < b.id ? -1 : 1));
}
