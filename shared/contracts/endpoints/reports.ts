import * as z from 'zod/mini';
import { CurrencyCode } from '../payment.ts';
import { BalanceReport, DailyTotals } from '../reports.ts';
import { Cursor, Day, Limit, listOf } from './common.ts';
import { endpoint } from './endpoint.ts';

/** What a merchant's days came to. */
export const reportEndpoints = {
  listDailyTotals: endpoint({
    name: 'listDailyTotals',
    method: 'GET',
    path: '/reports/daily-totals',
    summary:
      'What payments came to on each UTC day and in each currency, newest first, from one day to another (`from`, `to`, at most 366 days). Days without any are left out.',
    access: { scope: 'payments:read', action: 'reports:read' },
    query: z.strictObject({
      from: Day,
      to: Day,
      currency: z.optional(CurrencyCode),
      limit: Limit,
      cursor: Cursor,
    }),
    answers: { 200: listOf(DailyTotals) },
    errors: [],
  }),
  getBalanceReport: endpoint({
    name: 'getBalanceReport',
    method: 'GET',
    path: '/reports/balances',
    summary:
      'What is the tenant’s in one `currency` at the end of each UTC day, oldest first, from one day to another (`from`, `to`, at most 366 days).',
    access: { scope: 'ledger:read', action: 'ledger:read' },
    query: z.strictObject({ currency: CurrencyCode, from: Day, to: Day }),
    answers: { 200: BalanceReport },
    errors: [],
  }),
};
