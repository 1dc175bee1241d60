// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, ListOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  BalanceReport,
  DailyTotalsList,
  GetBalanceReportQuery,
  ListDailyTotalsQuery,
} from '../types.ts';

export class ReportsApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * What payments came to on each UTC day and in each currency, newest first, from one day to another (`from`, `to`, at most 366 days). Days without any are left out.
   *
   * `GET /reports/daily-totals`
   */
  dailyTotals(query: ListDailyTotalsQuery = {}, options: ListOptions = {}): List<DailyTotalsList> {
    return new List(this.#send, operations.listDailyTotals, { query }, options);
  }

  /**
   * What is the tenant’s in one `currency` at the end of each UTC day, oldest first, from one day to another (`from`, `to`, at most 366 days).
   *
   * `GET /reports/balances`
   */
  getBalanceReport(query: GetBalanceReportQuery, options: CallOptions = {}): Promise<BalanceReport> {
    return this.#send(operations.getBalanceReport, { query }, options);
  }
}
