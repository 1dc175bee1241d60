import type {
  CancellationResource,
  CaptureResource,
  RefundResource,
} from '../../../contracts/operations/operations.ts';
import type { Payment } from '../state.ts';
import type { Operation } from './operation.ts';

/** An operation as the API shows it. */
export type OperationResource = CaptureResource | CancellationResource | RefundResource;

/** An operation as it is; field order is fixed, so equal states are equal bytes. */
export function renderOperation(payment: Payment, operation: Operation): OperationResource {
  const { kind, reason } = operation;
  switch (kind) {
    case 'capture':
      return { ...common(payment, operation, 'capture'), final: operation.final };
    case 'cancel':
      return {
        ...common(payment, operation, 'cancellation'),
        cause: operation.cause,
        reason,
      };
    case 'refund':
      return { ...common(payment, operation, 'refund'), reason };
  }
}

/**
 * An operation as it was when it was asked for: of what never changes of it, so that a repeated
 * request gets the same bytes for ever.
 */
export function renderRequested(payment: Payment, operation: Operation): OperationResource {
  return renderOperation(payment, { ...operation, status: 'processing', failure: null });
}

function common<Name extends OperationResource['object']>(
  { id, request }: Payment,
  operation: Operation,
  object: Name,
) {
  return {
    id: operation.id,
    object,
    payment_id: id,
    status: operation.status,
    amount: operation.amountMinor,
    currency: request.currency,
    failure: operation.failure,
    created: operation.created,
  };
}
