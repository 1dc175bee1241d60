import { memoryApprovals } from '../../shared/adapters/memory/access/approvals.ts';
import { memoryLetterQueues } from '../../shared/adapters/memory/dead-letters.ts';
import { memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { memoryBooks } from '../../shared/adapters/memory/ledger-books.ts';
import { memoryOperatorLog } from '../../shared/adapters/memory/operator-log.ts';
import { memoryConversionStore } from '../../shared/adapters/memory/payments/conversion-store.ts';
import { memoryPaymentList } from '../../shared/adapters/memory/payments/payment-list.ts';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payments/payout-store.ts';
import { memoryPersonalData } from '../../shared/adapters/memory/personal-data.ts';
import { memoryDailyTotals } from '../../shared/adapters/memory/projections/daily-totals.ts';
import { memorySettlements } from '../../shared/adapters/memory/settlement/settlements.ts';
import {
  memoryWebhookDeliveries,
  memoryWebhookEndpoints,
} from '../../shared/adapters/memory/webhooks.ts';
import type { OperatorApproval } from '../../shared/domain/access/operator-approval.ts';
import { timeAt } from '../support/ledger/transfers.ts';
import { countingStamps } from '../support/payments/payments.ts';

/** A store that notes each call to it; also of a method that was taken out of it. */
function noted<T extends object>(calls: string[], name: string, store: T): T {
  return new Proxy(store, {
    get: (target, key, receiver) => {
      const value = Reflect.get(target, key, receiver);
      return typeof value === 'function'
        ? (...args: unknown[]) => {
            calls.push(`${name}.${String(key)}`);
            return value.apply(target, args);
          }
        : value;
    },
  });
}

/** Everything that the endpoints work on, in memory; `calls` has what they asked of it. */
export function matrixStores() {
  const calls: string[] = [];
  const ledger = memoryLedger();
  const settlements = memorySettlements(ledger);
  const log = memoryOperatorLog();
  const nextStamp = countingStamps();
  return {
    calls,
    payments: noted(calls, 'payments', memoryPaymentStore(ledger)),
    list: noted(calls, 'list', memoryPaymentList()),
    totals: noted(calls, 'totals', memoryDailyTotals()),
    payouts: noted(calls, 'payouts', memoryPayoutStore(ledger)),
    conversions: noted(calls, 'conversions', memoryConversionStore(ledger)),
    ledger: noted(calls, 'ledger', ledger),
    books: noted(calls, 'books', memoryBooks()),
    approvals: noted(calls, 'approvals', memoryApprovals()),
    operatorApprovals: noted(calls, 'approvals', memoryApprovals<OperatorApproval>()),
    letters: noted(
      calls,
      'letters',
      memoryLetterQueues(() => timeAt(0)),
    ),
    tenants: noted(calls, 'tenants', {
      list: async () =>
        ['acme', 'globex', 'hooli'].map((name) => ({ name, created: nextStamp().time })),
    }),
    personalData: noted(calls, 'personalData', memoryPersonalData()),
    settlements,
    breaks: noted(calls, 'breaks', settlements.breaks),
    runs: noted(calls, 'runs', settlements.runs),
    webhookEndpoints: noted(calls, 'endpoints', memoryWebhookEndpoints()),
    webhookDeliveries: noted(calls, 'deliveries', memoryWebhookDeliveries()),
    log: noted(calls, 'log', log).append,
    operatorLog: noted(calls, 'log', log),
    nextStamp,
  };
}

export type MatrixStores = ReturnType<typeof matrixStores>;
