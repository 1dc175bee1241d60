import { isProblem } from './errors/guard.ts';
import { ConnectionError, PaysagaError, TimeoutError } from './errors/paysaga-error.ts';
import { ProblemError } from './errors/problem-error.ts';
import type { PaymentsApi } from './generated/api/payments.ts';
import type { CreatePaymentRequest, Payment } from './generated/types.ts';
import type { KeyedOptions } from './options.ts';
import { pause, type Time } from './transport/time.ts';

export interface WaitUntilFinalOptions extends Pick<KeyedOptions, 'signal' | 'idempotencyKey'> {
  /** In all. 60 s when absent. */
  readonly timeoutMs?: number;
  /**
   * Waits for a status that nothing leads out of: `captured`, `canceled`, `expired`, `failed`. Without
   * it any status but `processing` is enough, `authorized` and `requires_action` among them.
   */
  readonly terminal?: boolean;
  /** Waits until the payment has come to this version, too. */
  readonly minVersion?: number;
}

/** The payment has not come to its end in time. It goes on all the same: wait again, or be told. */
export class NotFinalInTimeError extends PaysagaError {
  override readonly name = 'NotFinalInTimeError';
  /** As it was read last; null when it could not be read. */
  readonly payment: Payment | null;

  constructor({ id, payment }: Known, timeoutMs: number, cause: unknown) {
    const status = payment ? payment.status : 'not read';
    super(`payment ${id} is ${status} after ${timeoutMs} ms`, {
      effect: 'none',
      idempotencyKey: null,
      cause,
    });
    this.payment = payment;
  }
}

const terminal: ReadonlySet<string> = new Set(['captured', 'canceled', 'expired', 'failed']);

/** The longest that the API holds a request open. */
const maxWaitSeconds = 10;

const pollFromMs = 250;
const pollToMs = 5_000;

type Reads = Pick<PaymentsApi, 'create' | 'get'>;

/**
 * Waits until a payment has settled:
 * 1. what is to be created is created, with `Prefer: wait` for as long as the API holds it open
 * 2. a payment that is given, and final, is the answer
 * 3. else it is read again and again, at first after a quarter of a second and at last every five,
 *    never older than what is known of it (`min_version`)
 *
 * @throws NotFinalInTimeError; of a creation that failed, and of a payment that cannot be read
 *   whatever the time, what that call throws
 */
export async function waitUntilFinal(
  payments: Reads,
  time: Time,
  what: string | Payment | CreatePaymentRequest,
  options: WaitUntilFinalOptions,
): Promise<Payment> {
  const { timeoutMs = 60_000, minVersion = 1, signal } = options;
  const deadline = time.now() + timeoutMs;
  let { id, payment } = await knownOf(payments, what, options, timeoutMs);
  let failure: PaysagaError | null = null;
  for (let pollMs = pollFromMs; !(payment && isFinal(payment, options)); pollMs *= 1.5) {
    if (pollMs > pollFromMs) {
      await pause(time, Math.min(pollMs, pollToMs, deadline - time.now()), signal);
    }
    const leftMs = deadline - time.now();
    if (leftMs <= 0) {
      throw new NotFinalInTimeError({ id, payment }, timeoutMs, failure);
    }
    const version = Math.max(payment?.version ?? 1, minVersion);
    const read: Payment | PaysagaError = await payments
      .get(id, { min_version: version }, { deadlineMs: leftMs, ...(signal && { signal }) })
      .catch(unlessPassing);
    if (read instanceof PaysagaError) {
      failure = read;
    } else {
      payment = read;
    }
  }
  return payment;
}

interface Known {
  readonly id: string;
  readonly payment: Payment | null;
}

async function knownOf(
  payments: Reads,
  what: string | Payment | CreatePaymentRequest,
  { signal, idempotencyKey }: WaitUntilFinalOptions,
  timeoutMs: number,
): Promise<Known> {
  if (typeof what === 'string') {
    return { id: what, payment: null };
  }
  const payment =
    'id' in what
      ? what
      : // Within the client's own time: what was taken has to be known, whoever waits for it.
        await payments.create(what, {
          ...(signal && { signal }),
          ...(idempotencyKey !== undefined && { idempotencyKey }),
          waitSeconds: Math.min(maxWaitSeconds, Math.floor(timeoutMs / 1_000)),
        });
  return { id: payment.id, payment };
}

function isFinal({ status, version }: Payment, options: WaitUntilFinalOptions): boolean {
  const reached = options.terminal ? terminal.has(status) : status !== 'processing';
  return reached && version >= (options.minVersion ?? 1);
}

/** What may be otherwise at the next reading. */
function unlessPassing(error: unknown): PaysagaError {
  const passing =
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    isProblem(error, 'version_not_reached') ||
    (error instanceof ProblemError && (error.status === 429 || error.status >= 500));
  if (!passing) {
    throw error;
  }
  return error;
}
