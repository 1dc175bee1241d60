// Made from docs/openapi.json: npm run docs.

import type { CallOptions, KeyedOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  Conversion,
  CreateConversionRequest,
} from '../types.ts';

export class ConversionsApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Converts available money into another currency, at the rate of the day.
   *
   * `POST /conversions`
   */
  create(body: CreateConversionRequest, options: KeyedOptions = {}): Promise<Conversion> {
    return this.#send(operations.createConversion, { body }, options);
  }

  /**
   * One conversion, with the rate that it was made at.
   *
   * `GET /conversions/{conversion_id}`
   */
  get(conversionId: string, options: CallOptions = {}): Promise<Conversion> {
    return this.#send(operations.getConversion, { path: { conversion_id: conversionId } }, options);
  }
}
