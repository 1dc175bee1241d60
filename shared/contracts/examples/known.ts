import { paymentId, requestedId } from '../../domain/ids.ts';
import { payoutId } from '../../domain/payout/change.ts';
import { missingBreakId } from '../../domain/settlement/break.ts';

/** The payments of the examples, by their idempotency keys. */
export const order1001 = paymentId('acme', 'order-1001');
export const order1002 = paymentId('acme', 'order-1002');
export const order1003 = paymentId('acme', 'order-1003');

/** An id that nobody has. */
export const nobodys = paymentId('acme', 'order-1004');

/** The capture that the PSP's file leaves out, and the break that it is. */
export const unsettledOperation = requestedId(
  order1002,
  'POST /payments/{id}/capture',
  'order-1002-first-parcel',
);
export const missingLine = missingBreakId({
  provider: 'simulator',
  type: 'capture',
  operationId: unsettledOperation,
});

/** The payout of the examples. */
export const payout1 = payoutId('acme', 'payout-1');
