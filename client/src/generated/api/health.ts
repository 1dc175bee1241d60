// Made from docs/openapi.json: npm run docs.

import type { CallOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  GetHealthAnswer,
} from '../types.ts';

export class HealthApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Says that the API answers, and for which stage.
   *
   * `GET /health`
   */
  get(options: CallOptions = {}): Promise<GetHealthAnswer> {
    return this.#send(operations.getHealth, {}, options);
  }
}
