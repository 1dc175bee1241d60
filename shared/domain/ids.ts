import { derivedId } from './derived-id.ts';

export { derivedId } from './derived-id.ts';

/** The id of the payment that `POST /payments` makes for a tenant's idempotency key. */
export function paymentId(tenant: string, idempotencyKey: string): string {
  return derivedId('payment', tenant, 'POST /payments', idempotencyKey);
}

/**
 * The id under which an operation of the saga's own on a payment is known to the PSP: what makes a
 * repeated call the same call there. `attempt` tells one expiry from the next.
 */
export function operationId(
  payment: string,
  operation: 'charge' | 'reverse' | 'expire',
  attempt = 0,
): string {
  return attempt === 0
    ? derivedId('operation', payment, operation)
    : derivedId('operation', payment, operation, String(attempt));
}

/**
 * The id of what a request asks for on something that exists: the capture, cancellation or refund
 * of a payment, by its route and idempotency key.
 */
export function requestedId(subject: string, route: string, idempotencyKey: string): string {
  return derivedId('requested', subject, route, idempotencyKey);
}

/** The id of a transfer in the ledger: by what it is for and the posting that it is. */
export function transferId(subject: string, posting: string, operation?: string): string {
  return operation === undefined
    ? derivedId('transfer', subject, posting)
    : derivedId('transfer', subject, posting, operation);
}
