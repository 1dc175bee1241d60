import { OidcSetting } from '../../contracts/settings/oidc-setting.ts';
import type { VerifyToken } from '../../ports/access/access.ts';
import { parsedSetting } from '../parsed-setting.ts';

/**
 * Verifies tokens of the stage's issuer; null where it has none. What that takes is loaded with the
 * first token: most functions never see one.
 *
 * @throws Error at start-up, when the setting is not there or not usable
 */
export function stageTokens(): VerifyToken | null {
  const issuer = parsedSetting('OIDC', OidcSetting);
  if (issuer === null) {
    return null;
  }
  let verify: Promise<VerifyToken> | undefined;
  return async (token) => {
    verify ??= import('./tokens.ts').then(({ oidcTokens }) => oidcTokens(issuer));
    return (await verify)(token);
  };
}
