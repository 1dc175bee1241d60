import { createHash } from 'node:crypto';
import { ApiError } from '../../../contracts/errors.ts';
import type { FindPrincipal, Principal, VerifyToken } from '../../../ports/access/access.ts';
import type { Headers } from '../request.ts';

/** How long an answer about a key is believed; a revoked key works for at most this long. */
const believedForMs = 60_000;

/** As many keys as one warm environment remembers; the oldest goes first. */
const remembered = 1_000;

/** Finds out who sends a request. */
export type Authenticate = (headers: Headers) => Promise<Principal>;

/**
 * The form in which a key is stored and looked up. A key is 256 random bits: there is no dictionary to
 * try, so neither a salt nor a slow hash would make it harder to find (docs/decisions/0020).
 */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Three parts of base64url, the form of a signed JWT (RFC 7515, section 3.1). A key has no dot. */
const jwtForm = /^[\w-]+\.[\w-]+\.[\w-]*$/;
const longestJwt = 4_096;

/**
 * Authenticates by `Authorization: Bearer`, with an API key or a JWT. Only keys that exist are
 * remembered, so guessing cannot push the others out; a token is verified each time.
 *
 * @param verifyToken null where no issuer is configured: then no JWT is valid
 * @throws ApiError `unauthorized`; `temporarily_unavailable` when nobody can know now
 */
export function bearer(
  find: FindPrincipal,
  { now = Date.now, verifyToken = null }: BearerOptions = {},
): Authenticate {
  const findKey = believing(find, now);
  return async (headers) => {
    const [value, ...more] = headers.all('authorization');
    const token = /^Bearer ([\x21-\x7e]+)$/i.exec(value ?? '')?.[1] ?? '';
    const isToken = jwtForm.test(token);
    if (!token || token.length > (isToken ? longestJwt : 256) || more.length > 0) {
      throw unauthorized('One Authorization header with a Bearer key is needed.');
    }
    const principal = isToken
      ? await (verifyToken?.(token) ?? null)
      : await findKey(hashApiKey(token));
    if (!principal) {
      throw unauthorized('The key is not valid.');
    }
    return principal;
  };
}

export interface BearerOptions {
  readonly now?: (() => number) | undefined;
  readonly verifyToken?: VerifyToken | null;
}

/** Remembers who was found for a minute, and no longer than they are valid. */
function believing(find: FindPrincipal, now: () => number) {
  const known = new Map<string, { readonly principal: Principal; readonly untilMs: number }>();
  return async (hash: string): Promise<Principal | null> => {
    const believed = known.get(hash);
    if (believed && believed.untilMs > now()) {
      return believed.principal;
    }
    known.delete(hash);
    const found = await find(hash);
    if (!found) {
      return null;
    }
    if (known.size >= remembered) {
      known.delete(known.keys().next().value as string);
    }
    const { validUntilMs = Number.POSITIVE_INFINITY, ...principal } = found;
    known.set(hash, { principal, untilMs: Math.min(now() + believedForMs, validUntilMs) });
    return principal;
  };
}

function unauthorized(detail: string): ApiError {
  return new ApiError('unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer' } });
}
