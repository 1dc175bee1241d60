import { createHash } from 'node:crypto';
import { ApiError } from '../../contracts/errors.ts';
import type { FindPrincipal, Principal } from '../../ports/access.ts';
import type { Headers } from './request.ts';

/** How long an answer about a key is believed; a revoked key works for at most this long. */
const believedForMs = 60_000;

/** As many keys as one warm environment remembers; the oldest goes first. */
const remembered = 1_000;

/** Finds out who sends a request. */
export type Authenticate = (headers: Headers) => Promise<Principal>;

/** The form in which a key is stored and looked up. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/**
 * Authenticates by `Authorization: Bearer <key>`. Only keys that exist are remembered, so guessing
 * cannot push the others out.
 *
 * @throws ApiError `unauthorized`
 */
export function bearerKeys(find: FindPrincipal, now: () => number = Date.now): Authenticate {
  const known = new Map<string, { readonly principal: Principal; readonly until: number }>();
  return async (headers) => {
    const [value, ...more] = headers.all('authorization');
    const key = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(value ?? '')?.[1];
    if (!key || more.length > 0) {
      throw unauthorized('One Authorization header with a Bearer key is needed.');
    }
    const hash = hashApiKey(key);
    const believed = known.get(hash);
    if (believed && believed.until > now()) {
      return believed.principal;
    }
    known.delete(hash);
    const principal = await find(hash);
    if (!principal) {
      throw unauthorized('The key is not valid.');
    }
    if (known.size >= remembered) {
      known.delete(known.keys().next().value as string);
    }
    known.set(hash, { principal, until: now() + believedForMs });
    return principal;
  };
}

function unauthorized(detail: string): ApiError {
  return new ApiError('unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer' } });
}
