import { ApiError } from '../../../shared/contracts/errors.ts';
import type { Headers } from '../../../shared/runtime/http/request.ts';

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
