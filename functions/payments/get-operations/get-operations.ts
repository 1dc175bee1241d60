import { ApiError } from '../../../shared/contracts/errors.ts';
import { renderDispute } from '../../../shared/domain/payment/operations/dispute.ts';
import type { OperationKind } from '../../../shared/domain/payment/operations/operation.ts';
import { renderOperation } from '../../../shared/domain/payment/operations/render-operation.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import {
  type HttpRequest,
  type HttpResponse,
  loadPaymentOf,
  paymentIdOf,
} from '../../../shared/runtime/http/request.ts';
import { logAs } from '../../../shared/runtime/observability.ts';

type Read = <B, Q>(request: HttpRequest<B, Q>) => Promise<HttpResponse>;

/** A payment has so few operations that all of a kind are one page, in the order they were asked for. */
export function listOperations(load: LoadPayment, kind: OperationKind): Read {
  return async (request) => {
    const payment = await paymentOf(load, request);
    return page(
      payment.operations
        .filter((operation) => operation.kind === kind)
        .map((operation) => renderOperation(payment, operation)),
    );
  };
}

/** Reads one operation; one of another kind is not found under this kind's path. */
export function getOperation(load: LoadPayment, kind: OperationKind): Read {
  return async (request) => {
    const payment = await paymentOf(load, request);
    const operation = payment.operations.find(
      ({ id, kind: ofKind }) => id === request.path.operation_id && ofKind === kind,
    );
    if (!operation) {
      throw new ApiError('not_found', 'The payment has nothing of this kind with this id.');
    }
    return { status: 200, body: renderOperation(payment, operation) };
  };
}

/** The disputes of a payment, in the order they were opened. */
export function listDisputes(load: LoadPayment): Read {
  return async (request) => {
    const payment = await paymentOf(load, request);
    return page(payment.disputes.map((dispute) => renderDispute(payment, dispute)));
  };
}

function paymentOf<B, Q>(load: LoadPayment, request: HttpRequest<B, Q>) {
  logAs({ payment_id: paymentIdOf(request) });
  return loadPaymentOf(load, request);
}

function page(data: readonly unknown[]): HttpResponse {
  return { status: 200, body: { object: 'list', data, next_cursor: null } };
}
