import { createRemoteJWKSet, customFetch, errors, type FetchImplementation } from 'jose';

/** The public keys of an issuer are not to be had: nobody can say whether a token is valid. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** For both documents together; a caller waits for it. */
const fetchTimeoutMs = 2_000;

/** How long keys are believed: an issuer that takes one back has to wait for this. */
const believedForMs = 10 * 60_000;

/** A token by a key that is not known makes them be read again, and not more often than this. */
const newKeyCooldownMs = 30_000;

/** After a failure nobody waits for the issuer for this long: they are told at once. */
const failureCooldownMs = 5_000;

/** What is wrong with the token, when the keys were there. */
const tokensOwn = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys];

/**
 * The public keys of an OpenID Connect issuer, found by its own description of itself (OpenID Connect
 * Discovery 1.0, section 4) and read again when they are old, or when a token names one that is new.
 *
 * @returns the key for a token's header
 * @throws KeysUnavailable from what it returns, or an error of jose for a token that no key fits
 */
export function issuerKeys(issuer: string, now: () => number = Date.now) {
  const description = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const keys = createRemoteJWKSet(description, {
    timeoutDuration: fetchTimeoutMs,
    cacheMaxAge: believedForMs,
    cooldownDuration: newKeyCooldownMs,
    [customFetch]: notAfterFailure(describedKeys(issuer), now),
  });
  return async (...token: Parameters<typeof keys>) => {
    try {
      return await keys(...token);
    } catch (error) {
      if (tokensOwn.some((kind) => error instanceof kind)) {
        throw error;
      }
      throw new KeysUnavailable('the keys of the issuer are not to be had', { cause: error });
    }
  };
}

/** Reads where the keys are, then the keys. Both by the issuer's own scheme: https, but in tests. */
function describedKeys(issuer: string): FetchImplementation {
  return async (url, options) => {
    const description = await fetch(url, options);
    if (description.status !== 200) {
      throw new Error(`the issuer answers ${description.status} about itself`);
    }
    const said = (await description.json()) as { issuer?: unknown; jwks_uri?: unknown } | null;
    const at = typeof said?.jwks_uri === 'string' ? URL.parse(said.jwks_uri) : null;
    if (said?.issuer !== issuer || at === null || at.protocol !== new URL(issuer).protocol) {
      throw new Error('the issuer does not say of itself that it is, or where its keys are');
    }
    return fetch(at, options);
  };
}

function notAfterFailure(read: FetchImplementation, now: () => number): FetchImplementation {
  let again = Number.NEGATIVE_INFINITY;
  return async (url, options) => {
    if (now() < again) {
      throw new Error('the issuer failed a moment ago');
    }
    try {
      const answer = await read(url, options);
      again = answer.status === 200 ? Number.NEGATIVE_INFINITY : now() + failureCooldownMs;
      return answer;
    } catch (error) {
      again = now() + failureCooldownMs;
      throw error;
    }
  };
}
