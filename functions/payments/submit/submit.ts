import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import canonicalize from 'canonicalize';
import { ApiError } from '../../../shared/contracts/errors.ts';
import type { CreatePaymentBody } from '../../../shared/contracts/payment.ts';
import { paymentId } from '../../../shared/domain/ids.ts';
import { acceptPayment } from '../../../shared/domain/payment/change.ts';
import { factOf } from '../../../shared/domain/payment/fold.ts';
import { isSettled, renderPayment } from '../../../shared/domain/payment/state.ts';
import type { AcceptPayment, LoadPayment } from '../../../shared/ports/payments.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { count, logAs, logger } from '../../../shared/runtime/observability.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { preferredWaitSeconds } from './prefer-wait.ts';

export interface SubmitDependencies {
  readonly accept: AcceptPayment;
  readonly load: LoadPayment;
  readonly nextStamp: NextStamp;
  readonly acceptsPaymentMethod: (token: string) => boolean;
}

const pollEveryMs = 150;

/**
 * Takes a payment:
 * 1. the idempotency key and the payment method must be usable
 * 2. the key names the payment: derive its id, and the request's hash
 * 3. write the first change if the payment is not there; one network call
 * 4. it was there: the same request gets the first answer again, another one 422
 * 5. the merchant reference is another payment's: 409 with its id
 * 6. with `Prefer: wait`, answer 200 as soon as the payment has settled, else 202
 */
export function submit(deps: SubmitDependencies) {
  return async <Q>(request: HttpRequest<CreatePaymentBody, Q>): Promise<HttpResponse> => {
    const key = idempotencyKeyOf(request.headers);
    if (!deps.acceptsPaymentMethod(request.body.payment_method)) {
      throw new ApiError('unknown_payment_method', 'No provider of this stage issued this token.', {
        errors: [{ path: '/payment_method', message: 'is not a token of a provider' }],
      });
    }
    const id = paymentId(request.tenant, key);
    logAs({ payment_id: id });
    const requestHash = hashOf(request.body);
    const change = acceptPayment(
      {
        id,
        tenant: request.tenant,
        request: request.body,
        requestHash,
        correlationId: request.correlationId,
        requestId: request.requestId,
      },
      deps.nextStamp(),
    );
    const result = await deps.accept(change);
    if (result.kind === 'reference_taken') {
      throw new ApiError(
        'merchant_reference_taken',
        'The merchant_reference belongs to another payment of this tenant.',
        { members: { payment_id: result.paymentId } },
      );
    }
    const first = result.kind === 'exists' ? result.first : change.event;
    const fact = factOf(first);
    if (fact.type === 'payment.accepted' && fact.facts.request_hash !== requestHash) {
      throw new ApiError('idempotency_key_reused', 'The key was used with another body.');
    }
    const replayed = result.kind === 'exists';
    count(replayed ? 'IdempotentReplay' : 'PaymentAccepted');
    const headers = {
      // Relative to /payments, so that it holds behind a stage path and behind a domain of one's own.
      Location: `payments/${id}`,
      ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
    };
    const waitSeconds = preferredWaitSeconds(request.headers);
    const settled = waitSeconds > 0 ? await settledWithin(deps.load, id, waitSeconds) : null;
    return settled
      ? {
          status: 200,
          headers: { ...headers, 'Preference-Applied': `wait=${waitSeconds}` },
          body: settled,
        }
      : { status: 202, headers, body: first.data.payment };
  };
}

/** SHA-256 of the canonical JSON (RFC 8785) of the request with its defaults in, hex. */
export function hashOf(body: CreatePaymentBody): string {
  return createHash('sha256')
    .update(canonicalize(body) as string)
    .digest('hex');
}

async function settledWithin(load: LoadPayment, id: string, seconds: number) {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    // The payment is taken: that it cannot be read just now is no reason to answer otherwise.
    const payment = await load(id).catch((error: unknown) => {
      logger.warn('the payment could not be read while waiting', error as Error);
      return null;
    });
    if (payment && isSettled(payment.status)) {
      return renderPayment(payment);
    }
    const leftMs = deadline - Date.now();
    if (leftMs <= 0) {
      return null;
    }
    await delay(Math.min(pollEveryMs, leftMs));
  }
}
