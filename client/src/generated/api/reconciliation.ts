// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, ListOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  ListBreaksQuery,
  ListRunsQuery,
  ReconciliationBreak,
  ReconciliationBreakList,
  ReconciliationRunList,
  ResolveBreakRequest,
} from '../types.ts';

export class ReconciliationApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Where settlement files and the ledger differ over payments of the tenant, newest first.
   *
   * `GET /reconciliation/breaks`
   */
  breaks(query: ListBreaksQuery = {}, options: ListOptions = {}): List<ReconciliationBreakList> {
    return new List(this.#send, operations.listBreaks, { query }, options);
  }

  /**
   * One break as it is now.
   *
   * `GET /reconciliation/breaks/{break_id}`
   */
  getBreak(breakId: string, options: CallOptions = {}): Promise<ReconciliationBreak> {
    return this.#send(operations.getBreak, { path: { break_id: breakId } }, options);
  }

  /**
   * Closes a break with a reason: for operators alone. With the same reason again it answers the same.
   *
   * `POST /reconciliation/breaks/{break_id}/resolve`
   */
  resolveBreak(breakId: string, body: ResolveBreakRequest, options: CallOptions = {}): Promise<ReconciliationBreak> {
    return this.#send(operations.resolveBreak, { path: { break_id: breakId }, body }, options);
  }

  /**
   * The settlement files that were reconciled, with what of them is the tenant’s, newest first.
   *
   * `GET /reconciliation/runs`
   */
  runs(query: ListRunsQuery = {}, options: ListOptions = {}): List<ReconciliationRunList> {
    return new List(this.#send, operations.listRuns, { query }, options);
  }
}
