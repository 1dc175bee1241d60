import type { OverviewResource } from '../../../shared/contracts/operations/overview.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import { parkedOf } from '../../../shared/domain/payment/recovery/parked.ts';
import { parkedOfPayout } from '../../../shared/domain/payout/parked.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import type { PayoutStore } from '../../../shared/ports/payouts/payouts.ts';

/** Payments, and as many payouts. */
export const mostParked = 100;

export interface ParkedDependencies {
  readonly payments: Pick<PaymentStore, 'parked' | 'load'>;
  readonly payouts: Pick<PayoutStore, 'parked' | 'load'>;
}

/** What waits for a person, of one tenant or, with null, of all: each as it is now. */
export async function parkedTotals(
  { payments, payouts }: ParkedDependencies,
  tenant: string | null,
): Promise<NonNullable<OverviewResource['parked']>> {
  const query = { tenant, limit: mostParked, after: null };
  const [ofPayments, ofPayouts] = await Promise.all([
    payments.parked(query),
    payouts.parked(query),
  ]);
  const [paid, sent] = await Promise.all([
    Promise.all(ofPayments.ids.map((id) => payments.load(id))),
    Promise.all(ofPayouts.ids.map((id) => payouts.load(id))),
  ]);
  const waiting = [
    ...paid.flatMap((payment) =>
      payment
        ? parkedOf(payment).map((one) => ({ ...one, currency: payment.request.currency }))
        : [],
    ),
    ...sent.flatMap((payout) => (payout && parkedOfPayout(payout)) ?? []),
  ];
  const atRisk = new Map<Currency, number>();
  for (const { currency, amountMinor } of waiting) {
    atRisk.set(currency, (atRisk.get(currency) ?? 0) + amountMinor);
  }
  return {
    count: waiting.length,
    at_risk: [...atRisk]
      .map(([currency, amount]) => ({ amount, currency }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    oldest: waiting.map(({ since }) => since).sort()[0] ?? null,
    more: ofPayments.next !== null || ofPayouts.next !== null,
  };
}
