import { stringify } from 'csv-stringify/sync';
import type { ReconcileDependencies } from '../../../functions/settlement/reconcile/dependencies.ts';
import { memorySettlementFiles } from '../../../shared/adapters/memory/settlement-files.ts';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import {
  type SettlementLineType,
  settlementColumns,
} from '../../../shared/contracts/settlement/settlement.ts';
import { operationId, transferId } from '../../../shared/domain/ids.ts';
import { type AccountCode, chartOfAccounts } from '../../../shared/domain/ledger/accounts.ts';
import { postedTransfer, type Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type {
  ListEntriesOfDays,
  ReadLimited,
  WriteTransfers,
} from '../../../shared/ports/ledger.ts';
import type {
  Breaks,
  ReconciliationRuns,
  ReconciliationStore,
} from '../../../shared/ports/settlement/reconciliation.ts';
import { anAcceptedPayment } from '../payments/payments.ts';

/** The adapters of one kind that a reconciliation works on, over stores of their own. */
export interface SettlementAdapters {
  readonly store: ReconciliationStore;
  readonly runs: ReconciliationRuns;
  readonly breaks: Breaks;
  readonly write: WriteTransfers;
  readonly readLimited: ReadLimited;
  readonly entries: ListEntriesOfDays;
}

/** The fields of a line, as a test puts them into a file. */
export interface CsvLine {
  readonly line_id: string;
  readonly type: SettlementLineType;
  readonly reference: string;
  readonly operation_id: string;
  readonly gross: number | string;
  readonly fee: number | string;
  readonly currency: string;
}

/** A settlement file as PSPs write it. */
export function csvOf(lines: readonly CsvLine[]): string {
  const records = lines.map((line) => ({
    provider_reference: 'ch_1',
    time: '2026-01-01T00:00:00.000Z',
    ...line,
  }));
  return stringify(records, {
    header: true,
    columns: [...settlementColumns],
    record_delimiter: 'windows',
  });
}

/**
 * A PSP of its own, payments as their sagas would leave them, on the ledger of the adapters, and a bucket of files;
 * with a clock that is a second later each time.
 *
 * @param name apart from other worlds on the same adapters
 */
export function settlementWorld(adapters: SettlementAdapters, name = 'world') {
  const { write, entries } = adapters;
  const payments = new Map<string, Payment>();
  const books = new Map<string, { readonly tenant: string; readonly currency: Currency }>();
  let seconds = 0;
  const now = () => new Date(Date.UTC(2026, 0, 1) + ++seconds * 1_000).toISOString();
  const files = memorySettlementFiles(() => new Date(now()));
  const nextStamp = () => ({ time: now(), eventId: `01900000-0000-7000-8000-000000000000` });
  const put = async (transfers: readonly Transfer[]) => {
    for (const { tenant, currency } of transfers) {
      books.set(`${tenant}#${currency}`, { tenant, currency });
    }
    // A pending one and its resolution cannot be in one transaction.
    for (const transfer of transfers) {
      if ((await write([transfer])) !== 'written') {
        throw new Error(`the ledger refused ${transfer.posting}`);
      }
    }
  };
  const deps: ReconcileDependencies = {
    ...adapters,
    files,
    load: async (id) => payments.get(id) ?? null,
    books: async function* () {
      yield* books.values();
    },
    now,
    noted: () => {},
  };
  const of = (id: string): Payment => {
    const payment = payments.get(id);
    if (!payment) {
      throw new Error('a world has no such payment');
    }
    return payment;
  };
  let keys = 0;
  return {
    name,
    /** The name of its PSP, in the books and in the bucket. */
    psp: `psp-${name}`,
    deps,
    files,
    now,
    of,
    /** Applies facts to a payment, with their postings. */
    apply: async (id: string, ...facts: readonly PaymentFact[]) => {
      for (const fact of facts) {
        const { after, transfers } = changePayment(of(id), fact, nextStamp());
        await put(transfers);
        payments.set(id, after);
      }
    },
    /** A payment with its amount held. */
    reserved: async (given: {
      readonly tenant?: string;
      readonly currency?: Currency;
      readonly amount?: number;
      readonly manual?: boolean;
    }): Promise<string> => {
      const { tenant = `${name}-acme`, currency = 'EUR', amount = 10_000, manual = false } = given;
      const capture_method = manual ? 'manual' : 'automatic';
      const key = `${name} ${++keys}`;
      const request = { amount, currency, capture_method } as const;
      const { after } = anAcceptedPayment(nextStamp, request, { tenant, key });
      payments.set(after.id, after);
      const change = changePayment(after, heldFact(after), nextStamp());
      await put(change.transfers);
      payments.set(after.id, change.after);
      return after.id;
    },
    /** Pays out so much of what the merchant has available. */
    payOut: async (tenant: string, currency: Currency, amountMinor: number, key: string) => {
      const source = { tenant, currency, paymentId: null, operationId: key, time: now() };
      return write([postedTransfer('payout', amountMinor, transferId(key, 'payout'), source)]);
    },
    /** What an account is worth on its normal side: the fold of its entries. */
    balance: async (tenant: string, currency: Currency, account: AccountCode): Promise<bigint> => {
      let sum = 0n;
      let after: string | null = null;
      do {
        const days = { from: '2026-01-01', to: '2026-12-31' };
        const query = { tenant, currency, account, ...days, limit: 100, after };
        const page: Awaited<ReturnType<ListEntriesOfDays>> = await entries(query);
        for (const { kind, debitAccount, amountMinor } of page.transfers) {
          const posted = kind === 'posted' || kind === 'post_pending';
          const grows =
            (debitAccount === account) === (chartOfAccounts[account].normal === 'debit');
          sum += posted ? BigInt(grows ? amountMinor : -amountMinor) : 0n;
        }
        after = page.next;
      } while (after !== null);
      return sum;
    },
  };
}

export type SettlementWorld = ReturnType<typeof settlementWorld>;

function heldFact(payment: Payment): PaymentFact {
  const transfer_id = transferId(payment.id, 'authorized');
  return {
    type: 'payment.reserved',
    facts: { transfer_id, amount: payment.request.amount, execution: 'e1', provider: 'psp' },
  };
}

/** What a payment came to at the PSP, as facts in our books. */
export const settledFactsOf = (psp: string) => ({
  /** An automatic payment's charge. */
  charged: (payment: Payment, fee: number): PaymentFact => ({
    type: 'payment.captured',
    facts: {
      operation_id: operationId(payment.id, 'charge'),
      provider: psp,
      provider_reference: 'ch_1',
      amount: payment.request.amount,
      fee,
      final: true,
    },
  }),
  authorized: (payment: Payment): PaymentFact => ({
    type: 'payment.authorized',
    facts: {
      operation_id: operationId(payment.id, 'charge'),
      provider: psp,
      provider_reference: 'ch_1',
      amount: payment.request.amount,
      expires: '2026-12-31T00:00:00.000Z',
    },
  }),
  captured: (id: string, amount: number, fee: number): PaymentFact[] => [
    {
      type: 'payment.capture_requested',
      facts: { operation_id: id, amount, final: false, request_hash: 'hash' },
    },
    {
      type: 'payment.captured',
      facts: {
        operation_id: id,
        provider: psp,
        provider_reference: 'ch_1',
        amount,
        fee,
        final: false,
      },
    },
  ],
  refunded: (id: string, amount: number): PaymentFact[] => [
    {
      type: 'payment.refund_requested',
      facts: { operation_id: id, amount, reason: null, request_hash: 'hash' },
    },
    { type: 'payment.refund_held', facts: { operation_id: id, amount, execution: 'e2' } },
    { type: 'payment.refunded', facts: { operation_id: id, provider: psp, amount } },
  ],
  disputed: (id: string, amount: number, fee: number): PaymentFact => ({
    type: 'payment.dispute_opened',
    facts: { dispute_id: id, provider: psp, amount, fee, reason: 'fraudulent' },
  }),
  won: (id: string): PaymentFact => ({
    type: 'payment.dispute_won',
    facts: { dispute_id: id, provider: psp },
  }),
});
