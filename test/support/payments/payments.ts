import type { AcceptedPaymentRequest } from '../../../shared/contracts/payment.ts';
import { paymentId } from '../../../shared/domain/ids.ts';
import { acceptPayment, type Stamp } from '../../../shared/domain/payment/change.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';

/** EUR 100.00, captured at once, approved by the simulator. */
export const aRequest: AcceptedPaymentRequest = {
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture_method: 'automatic',
  merchant_reference: null,
  customer: null,
  metadata: {},
};

/** A clock that a test can read: each stamp is a millisecond after the one before it. */
export function countingStamps(): NextStamp {
  let count = 0;
  return (): Stamp => {
    count += 1;
    const tail = String(count).padStart(12, '0');
    return {
      time: new Date(Date.UTC(2026, 0, 1) + count).toISOString(),
      eventId: `01900000-0000-7000-8000-${tail}`,
    };
  };
}

/** A payment's first change, of its own tenant `acme` unless told otherwise. */
export function anAcceptedPayment(
  nextStamp: NextStamp,
  request: Partial<AcceptedPaymentRequest> = {},
  { tenant = 'acme', key = 'key-1' } = {},
) {
  return acceptPayment(
    {
      id: paymentId(tenant, key),
      tenant,
      request: { ...aRequest, ...request },
      requestHash: 'hash',
      correlationId: 'correlation-1',
      requestId: 'request-1',
    },
    nextStamp(),
  );
}
