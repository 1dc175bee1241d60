import { errors, jwtVerify } from 'jose';
import { ApiError } from '../../contracts/errors.ts';
import { claimantOf } from '../../domain/access/claims.ts';
import type { OidcIssuer } from '../../domain/access/oidc.ts';
import type { VerifyToken } from '../../ports/access/access.ts';
import { logger } from '../../runtime/observability.ts';
import { issuerKeys, KeysUnavailable } from './issuer-keys.ts';

/** Signatures by a key of which we have the public half alone. Never `none`, never a shared secret. */
const algorithms = ['RS256', 'ES256', 'EdDSA'];

/** What every token has to say; `iat` besides, as its age is limited. */
const requiredClaims = ['iss', 'aud', 'exp', 'sub'];

/** Whatever `exp` says: a token cannot be revoked. */
const longestAge = '24h';

/** How far the issuer's clock may be from ours. */
const clockToleranceSeconds = 30;

/**
 * Verifies JWTs of one issuer (RFC 7519, RFC 8725): its signature by one of the issuer's keys, who made
 * it, for whom, when, and that its claims say who it is of. Why one is not valid is in the log only.
 */
export function oidcTokens(
  { issuer, audience, claims }: OidcIssuer,
  now: () => number = Date.now,
): VerifyToken {
  const keys = issuerKeys(issuer, now);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        requiredClaims,
        maxTokenAge: longestAge,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
      });
      const claimant = claimantOf(payload, claims);
      if (!claimant) {
        logger.info('token refused', { refused: 'claims' });
      }
      return claimant;
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        logger.warn('no keys to verify tokens by', error);
        throw new ApiError('temporarily_unavailable', 'Tokens cannot be verified now.', {
          headers: { 'Retry-After': '5' },
        });
      }
      if (error instanceof errors.JOSEError) {
        logger.info('token refused', { refused: error.code });
        return null;
      }
      throw error;
    }
  };
}
