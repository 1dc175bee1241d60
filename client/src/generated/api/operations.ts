// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, ListOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  ListParkedQuery,
  Parked,
  ParkedList,
  ResolveParkedRequest,
} from '../types.ts';

export class OperationsApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * What of the tenant’s payments and payouts waits for a person: payments first, the longest of each first. `limit` counts payments and payouts.
   *
   * `GET /operations/parked`
   */
  parked(query: ListParkedQuery = {}, options: ListOptions = {}): List<ParkedList> {
    return new List(this.#send, operations.listParked, { query }, options);
  }

  /**
   * Takes a person’s word on what is parked of a payment or a payout, or has it asked for or begun anew: for operators alone. The same again answers the same.
   *
   * `POST /operations/parked/{payment_id}/resolve`
   */
  resolveParked(paymentId: string, body: ResolveParkedRequest, options: CallOptions = {}): Promise<Parked> {
    return this.#send(operations.resolveParked, { path: { payment_id: paymentId }, body }, options);
  }
}
