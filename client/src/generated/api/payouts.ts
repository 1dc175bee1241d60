// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, ListOptions, WaitOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  CreatePayoutRequest,
  GetPayoutQuery,
  ListPayoutEventsQuery,
  ListPayoutsQuery,
  Payout,
  PayoutEventList,
  PayoutList,
} from '../types.ts';

export class PayoutsApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Pays available money out to a bank account. Answers 202 at once, or 200 when the bank has it within `Prefer: wait`.
   *
   * `POST /payouts`
   */
  create(body: CreatePayoutRequest, options: WaitOptions = {}): Promise<Payout> {
    return this.#send(operations.createPayout, { body }, options);
  }

  /**
   * The payouts of the tenant, newest first.
   *
   * `GET /payouts`
   */
  list(query: ListPayoutsQuery = {}, options: ListOptions = {}): List<PayoutList> {
    return new List(this.#send, operations.listPayouts, { query }, options);
  }

  /**
   * One payout as it is now, if it has come to `min_version`; or as version `at_version` left it. `ETag` is its version.
   *
   * `GET /payouts/{payout_id}`
   */
  get(payoutId: string, query: GetPayoutQuery = {}, options: CallOptions = {}): Promise<Payout> {
    return this.#send(operations.getPayout, { path: { payout_id: payoutId }, query }, options);
  }

  /**
   * What happened to one payout, oldest first: up to 100 events, or `limit`.
   *
   * `GET /payouts/{payout_id}/events`
   */
  events(payoutId: string, query: ListPayoutEventsQuery = {}, options: ListOptions = {}): List<PayoutEventList> {
    return new List(this.#send, operations.listPayoutEvents, { path: { payout_id: payoutId }, query }, options);
  }
}
