import { reconcileFile } from '../../../functions/settlement/reconcile/reconcile-file.ts';
import { operationId, requestedId } from '../../../shared/domain/ids.ts';
import {
  type CsvLine,
  csvOf,
  type SettlementAdapters,
  settledFactsOf,
  settlementWorld,
} from './world.ts';

/** A line about a payment's charge of EUR 100.00, changed by what a test gives. */
export function lineOf(payment: string, given: Partial<CsvLine> = {}): CsvLine {
  return {
    line_id: '000001',
    type: 'capture',
    reference: payment,
    operation_id: operationId(payment, 'charge'),
    gross: 10_000,
    fee: 120,
    currency: 'EUR',
    ...given,
  };
}

/** A world of one merchant, whose files are reconciled one by one. */
export function filesOfOne(adapters: SettlementAdapters, name: string) {
  const world = settlementWorld(adapters, name);
  const tenant = `${name}-acme`;
  const facts = settledFactsOf(world.psp);
  let count = 0;
  const put = async (lines: readonly CsvLine[]) => {
    const key = `${world.psp}/${++count}.csv`;
    await world.files.put(key, csvOf(lines));
    const stored = { key, modified: world.now(), bytes: 100 };
    return { provider: world.psp, stored, cutOff: world.now() };
  };
  const limited = async (code: 'merchant_available' | 'merchant_debt') =>
    (await adapters.readLimited(tenant, 'EUR', code)).availableMinor;
  return {
    world,
    tenant,
    put,
    run: async (...lines: readonly CsvLine[]) => reconcileFile(world.deps, await put(lines)),
    /** A payment of EUR 100.00, captured with its charge for EUR 2.90. */
    captured: async () => {
      const id = await world.reserved({});
      await world.apply(id, facts.charged(world.of(id), 290));
      return id;
    },
    /** Refunds so much of a payment; gives its line. */
    refunded: async (payment: string, gross: number) => {
      const id = requestedId(payment, 'refunds', String(++count));
      await world.apply(payment, ...facts.refunded(id, gross));
      return lineOf(payment, { type: 'refund', operation_id: id, gross, fee: 0 });
    },
    /** Disputes EUR 100.00 of a payment for a fee of EUR 15.00; gives its line. */
    disputed: async (payment: string) => {
      const id = `dp_${name}`;
      await world.apply(payment, facts.disputed(id, 10_000, 1_500));
      return lineOf(payment, { type: 'chargeback', operation_id: id, fee: 1_500 });
    },
    /** Wins that dispute; gives its line. */
    won: async (payment: string) => {
      const id = `dp_${name}`;
      await world.apply(payment, facts.won(id));
      return lineOf(payment, { type: 'chargeback_reversal', operation_id: id, fee: 0 });
    },
    payOut: (amountMinor: number) =>
      world.payOut(tenant, 'EUR', amountMinor, `${name} payout ${++count}`),
    available: () => limited('merchant_available'),
    debt: () => limited('merchant_debt'),
    balance: (account: Parameters<typeof world.balance>[2]) =>
      world.balance(tenant, 'EUR', account),
    /** The merchant's breaks, in the order in which they were filed. */
    breaks: async () => {
      const page = await adapters.breaks.list({ owner: tenant, limit: 100, after: null });
      return page.items.toReversed();
    },
  };
}
