import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { ApiError } from '../../../contracts/errors.ts';
import type { Headers } from '../request.ts';

/**
 * The request's idempotency key: exactly one header of 1 to 255 visible ASCII characters. A comma
 * is refused because proxies join two headers of one name with it.
 *
 * @throws ApiError `idempotency_key_required`
 */
export function idempotencyKeyOf(headers: Headers): string {
  const [key, ...more] = headers.all('idempotency-key');
  if (key === undefined || more.length > 0 || !/^[\x21-\x2b\x2d-\x7e]{1,255}$/.test(key)) {
    throw new ApiError(
      'idempotency_key_required',
      'One Idempotency-Key header of 1 to 255 visible ASCII characters without commas is needed.',
      {
        errors: [{ path: 'Idempotency-Key', message: 'is missing, repeated or not of this form' }],
      },
    );
  }
  return key;
}

/**
 * SHA-256 of the canonical JSON (RFC 8785) of a request's body with its defaults in, hex: tells a
 * repeated request from another one under the same key.
 */
export function hashOf(body: object): string {
  return createHash('sha256')
    .update(canonicalize(body) as string)
    .digest('hex');
}

/**
 * Sees that a request is the one that its key was first used for.
 *
 * @param firstHash of the request that took effect under the key
 * @throws ApiError `idempotency_key_reused`
 */
export function refuseOtherRequest(firstHash: string, hash: string): void {
  if (firstHash !== hash) {
    throw new ApiError('idempotency_key_reused', 'The key was used with another body.');
  }
}
