import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import type { FindListed } from '../../../shared/ports/projections/payment-list.ts';
import { notReached, retryAfter } from '../../../shared/runtime/http/lists/history.ts';
import { noSuchPayment } from '../../../shared/runtime/http/request.ts';

/** The list has an event within a second, mostly; who needs longer comes again. */
const maxWaitMs = 3_000;

/** What reading the page, and answering, may take of the function's time. */
const reserveMs = 1_500;

const firstPauseMs = 50;
const maxPauseMs = 400;

export interface WaitingDependencies {
  readonly load: LoadPayment;
  readonly find: FindListed;
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Of the invocation. */
  readonly remainingMs: () => number;
}

/**
 * Waits until the list has a payment at a version or a later one:
 * 1. a stranger's payment is as absent as one that was never made
 * 2. a version that the payment itself has not come to is not waited for: nobody knows whether it will
 * 3. look at its row, again and again, until it is there or the time is over
 *
 * @throws ApiError `not_found`, `version_not_reached`
 */
export async function awaitListed(
  { load, find, nowMs, pause, remainingMs }: WaitingDependencies,
  tenant: string,
  { paymentId, version }: { readonly paymentId: string; readonly version: number },
): Promise<PaymentResource> {
  const payment = await load(paymentId);
  if (payment?.tenant !== tenant) {
    throw noSuchPayment();
  }
  if (payment.version < version) {
    throw notReached(payment.version, { 'Retry-After': retryAfter });
  }
  const deadlineMs = nowMs() + Math.min(maxWaitMs, remainingMs() - reserveMs);
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, maxPauseMs)) {
    const listed = await find(payment);
    if (listed && listed.version >= version) {
      return listed;
    }
    if (nowMs() + pauseMs > deadlineMs) {
      throw notReached(listed?.version ?? 0, { 'Retry-After': retryAfter });
    }
    await pause(pauseMs);
  }
}
