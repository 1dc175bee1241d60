import * as z from 'zod/mini';
import type { OidcIssuer } from '../../domain/access/oidc.ts';

const anObject = { error: 'must be an object with the known names alone, or null' };
const anIssuer = { error: 'must be an https URL without a query' };
const aName = { error: 'must be a text' };

const Name = z.string(aName).check(z.minLength(1, aName));

/** `OIDC`, as JSON: null where a stage has no issuer. */
export const OidcSetting: z.ZodMiniType<OidcIssuer | null> = z.nullable(
  z.strictObject(
    {
      issuer: z.string(anIssuer).check(z.regex(/^https:\/\/[^\s?#]+$/, anIssuer)),
      audience: Name,
      claims: z.strictObject({ tenant: Name, role: Name }, anObject),
    },
    anObject,
  ),
);
