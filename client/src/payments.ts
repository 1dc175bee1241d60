import { PaymentsApi } from './generated/api/payments.ts';
import type { CreatePaymentRequest, Payment } from './generated/types.ts';
import type { Send } from './transport/send.ts';
import type { Time } from './transport/time.ts';
import { type WaitUntilFinalOptions, waitUntilFinal } from './wait.ts';

/** The operations on payments, and what is made of several of them. */
export class Payments extends PaymentsApi {
  readonly #time: Time;

  constructor(send: Send, time: Time) {
    super(send);
    this.#time = time;
  }

  /**
   * Waits until a payment has settled: any status but `processing`, or with `terminal` one that
   * nothing leads out of.
   *
   * @param what a payment, its id, or what to create: that is then created first, and the API holds
   *   its answer for as long as it does
   * @throws NotFinalInTimeError with the payment as it was read last
   */
  waitUntilFinal(
    what: string | Payment | CreatePaymentRequest,
    options: WaitUntilFinalOptions = {},
  ): Promise<Payment> {
    return waitUntilFinal(this, this.#time, what, options);
  }
}
