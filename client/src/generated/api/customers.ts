// Made from docs/openapi.json: npm run docs.

import type { CallOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  CustomerErasure,
  EraseCustomerRequest,
} from '../types.ts';

export class CustomersApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Makes all personal data of a customer unreadable for good, wherever it is stored. Said again, it answers the same.
   *
   * `POST /customers/{customer_id}/erase`
   */
  erase(customerId: string, body: EraseCustomerRequest, options: CallOptions = {}): Promise<CustomerErasure> {
    return this.#send(operations.eraseCustomer, { path: { customer_id: customerId }, body }, options);
  }
}
