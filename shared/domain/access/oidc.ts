import type { ClaimNames } from './claims.ts';

/** The one OpenID Connect issuer whose tokens a stage takes. */
export interface OidcIssuer {
  /** As `iss` has it, to the letter: an https URL. */
  readonly issuer: string;
  /** What `aud` has to name. */
  readonly audience: string;
  readonly claims: ClaimNames;
}
