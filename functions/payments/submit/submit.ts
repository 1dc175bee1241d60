import { ApiError } from '../../../shared/contracts/errors.ts';
import type { CreatePaymentBody } from '../../../shared/contracts/payment.ts';
import { paymentId } from '../../../shared/domain/ids.ts';
import { acceptPayment } from '../../../shared/domain/payment/change.ts';
import { factOf } from '../../../shared/domain/payment/fold.ts';
import { isSettled, renderPayment } from '../../../shared/domain/payment/state.ts';
import type { AcceptPayment, LoadPayment } from '../../../shared/ports/payments.ts';
import type { SealPersonalData } from '../../../shared/ports/personal-data.ts';
import { idempotencyKeyOf } from '../../../shared/runtime/http/idempotent/idempotency-key.ts';
import { answerWithin } from '../../../shared/runtime/http/idempotent/prefer-wait.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { objectives } from '../../../shared/runtime/objectives.ts';
import { count, logAs, measure } from '../../../shared/runtime/observability.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import { refuseAnotherPayment, requestHashOf, sealedRequest } from './customer.ts';

export interface SubmitDependencies {
  readonly accept: AcceptPayment;
  readonly load: LoadPayment;
  readonly seal: SealPersonalData;
  readonly nextStamp: NextStamp;
  readonly acceptsPaymentMethod: (token: string) => boolean;
}

/**
 * Takes a payment:
 * 1. the idempotency key and the payment method must be usable
 * 2. the key names the payment: derive its id
 * 3. seal what is personal of the customer, when something is; then hash the request
 * 4. write the first change if the payment is not there; without personal data, the one network call
 * 5. it was there: the same request gets the first answer again, another one 422
 * 6. the merchant reference is another payment's: 409 with its id
 * 7. with `Prefer: wait`, answer 200 as soon as the payment has settled, else 202
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
    const accepted = await sealedRequest(deps.seal, request.tenant, request.body);
    const requestHash = requestHashOf(accepted);
    const change = acceptPayment(
      {
        id,
        tenant: request.tenant,
        request: accepted,
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
    if (fact.type === 'payment.accepted') {
      const { request: taken, request_hash } = fact.facts;
      refuseAnotherPayment({ request: taken, requestHash: request_hash }, accepted);
    }
    const replayed = result.kind === 'exists';
    count(replayed ? 'IdempotentReplay' : 'PaymentAccepted');
    measureAccept(request.latencyMs());
    const headers = {
      // Relative to /payments, so that it holds behind a stage path and behind a domain of one's own.
      Location: `payments/${id}`,
      ...(replayed ? { 'Idempotent-Replayed': 'true' } : {}),
    };
    return answerWithin(request.headers, { headers, body: first.data.payment }, async () => {
      const payment = await deps.load(id);
      return payment && isSettled(payment.status) ? renderPayment(payment) : null;
    });
  };
}

/** What the client then waits for by its own wish is not in it. */
function measureAccept(tookMs: number): void {
  measure('AcceptLatencyMs', tookMs);
  if (tookMs > objectives.accept.withinMs) {
    count('SlowAccept');
  }
}
