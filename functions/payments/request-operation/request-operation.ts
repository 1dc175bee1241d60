import { requestedId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import {
  type Operation,
  type OperationKind,
  operationOf,
} from '../../../shared/domain/payment/operations/operation.ts';
import {
  renderOperation,
  renderRequested,
} from '../../../shared/domain/payment/operations/render-operation.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { type AdvanceDependencies, change, type Pause } from '../../../shared/runtime/advance.ts';
import {
  hashOf,
  idempotencyKeyOf,
  refuseOtherRequest,
} from '../../../shared/runtime/http/idempotent/idempotency-key.ts';
import { answerWithin } from '../../../shared/runtime/http/idempotent/prefer-wait.ts';
import {
  type HttpRequest,
  type HttpResponse,
  loadPaymentOf,
  notNow,
  paymentIdOf,
} from '../../../shared/runtime/http/request.ts';
import { count, logAs } from '../../../shared/runtime/observability.ts';
import { type Bodies, decisions } from './decide.ts';
import { type PermitDependencies, permitOperation } from './permit.ts';

export interface RequestDependencies extends AdvanceDependencies, PermitDependencies {
  readonly pause: Pause;
}

/** Decisions taken anew when another writer came first: with its pauses some two seconds. */
const attempts = 12;

/**
 * By which route a request is known, for ever: it is in the operation's id. And the collection that
 * the operation is found in, beside the path of the request.
 */
const requests: Readonly<Record<OperationKind, { readonly route: string; readonly in: string }>> = {
  capture: { route: 'POST /payments/{id}/capture', in: 'captures' },
  cancel: { route: 'POST /payments/{id}/cancel', in: 'cancellations' },
  refund: { route: 'POST /payments/{id}/refunds', in: 'refunds' },
};

/**
 * Takes a request on a payment:
 * 1. the idempotency key must be usable; a payment of another tenant is as absent as one that was
 *    never made
 * 2. payment, route and key name the operation: derive its id, and the request's hash
 * 3. when it is there, the same request gets the first answer again, another one 422
 * 4. else decide whether the payment allows it, and the policies: of a refund with who approved it;
 *    then write it with the payment's change
 * 5. when another writer came first, read the payment and start again at 3
 * 6. with `Prefer: wait`, answer 200 as soon as the operation has ended, else 202
 */
export function requestOperation<K extends OperationKind>(deps: RequestDependencies, kind: K) {
  return async <Q>(request: HttpRequest<Bodies[K], Q>): Promise<HttpResponse> => {
    const key = idempotencyKeyOf(request.headers);
    const paymentId = paymentIdOf(request);
    const id = requestedId(paymentId, requests[kind].route, key);
    logAs({ payment_id: paymentId, operation_id: id });
    const requestHash = hashOf(request.body);
    const identity = { operation_id: id, request_hash: requestHash };
    const decide = (payment: Payment) => decisions[kind](payment, request.body, identity);
    const changed = await change(
      deps,
      async () => {
        const payment = await loadPaymentOf(deps.load, request);
        if (!operationOf(payment, id)) {
          const { amount: amountMinor } = decide(payment).facts;
          await permitOperation(deps, request, payment, { kind, operationId: id, amountMinor });
        }
        return payment;
      },
      (payment, stamp) => {
        const known = operationOf(payment, id);
        if (known) {
          refuseOtherRequest(known.requestHash, requestHash);
          return null;
        }
        return changePayment(payment, decide(payment), stamp, request.requestId);
      },
      { attempts, pause: deps.pause },
    );
    if (!changed) {
      throw notNow();
    }
    const { payment, written } = changed;
    if (!written) {
      count('IdempotentReplay');
    }
    const headers = {
      // Relative to the request's own path, so that it holds behind any stage path and domain.
      Location: `${requests[kind].in}/${id}`,
      ...(written ? {} : { 'Idempotent-Replayed': 'true' }),
    };
    const body = renderRequested(payment, operationIn(payment, id));
    return answerWithin(request.headers, { headers, body }, async () => {
      const now = await loadPaymentOf(deps.load, request);
      const operation = operationIn(now, id);
      return operation.status === 'processing' ? null : renderOperation(now, operation);
    });
  };
}

function operationIn(payment: Payment, id: string): Operation {
  const operation = operationOf(payment, id);
  if (!operation) {
    throw new Error(`payment ${payment.id} has lost its operation ${id}`);
  }
  return operation;
}
