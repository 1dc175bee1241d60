import { createHash } from 'node:crypto';

/**
 * A UUIDv8 (RFC 9562, section 5.8) made of the SHA-256 of its parts: the same parts give the same
 * id for ever, so an id is derived instead of looked up, and a retry cannot make a second one.
 * Each part is preceded by its length, so ('ab', 'c') and ('a', 'bc') differ.
 */
export function derivedId(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

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
