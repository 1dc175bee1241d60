import { createHmac, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultClaimNames } from '../../domain/access/claims.ts';
import {
  type Algorithm,
  anIssuerKey,
  type IssuerKey,
  signed,
  startIssuer,
  unsigned,
} from './testing/issuer.ts';
import { oidcTokens } from './tokens.ts';

const algorithms: readonly Algorithm[] = ['RS256', 'ES256', 'EdDSA'];
const audience = 'https://payments.example';
const hour = 3_600;

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let keys: Record<Algorithm, IssuerKey>;
let verify: ReturnType<typeof oidcTokens>;

beforeAll(async () => {
  const made = await Promise.all(algorithms.map((alg) => anIssuerKey(alg, `kid-${alg}`)));
  keys = Object.fromEntries(made.map((key) => [key.alg, key])) as typeof keys;
  issuer = await startIssuer(made);
  verify = oidcTokens({ issuer: issuer.url, audience, claims: defaultClaimNames });
});
afterAll(() => issuer.stop());

const now = () => Math.floor(Date.now() / 1_000);

function claims(changed: JWTPayload = {}): JWTPayload {
  return {
    iss: issuer.url,
    aud: audience,
    sub: 'ada',
    iat: now(),
    exp: now() + hour,
    [defaultClaimNames.tenant]: 'acme',
    scope: 'openid payments:write ledger:*',
    ...changed,
  };
}

const without = (name: string) => {
  const { [name]: _, ...rest } = claims();
  return rest;
};

const ada = {
  tenant: 'acme',
  id: 'jwt:ada',
  role: 'merchant',
  scopes: ['payments:write', 'ledger:*'],
};

describe('a token of the issuer', () => {
  it.each(algorithms)('is taken when it is signed by %s', async (alg) => {
    expect(await verify(await signed(keys[alg], claims()))).toEqual(ada);
  });

  it('is taken with the audience among others', async () => {
    const token = await signed(keys.ES256, claims({ aud: ['other', audience] }));
    expect(await verify(token)).toEqual(ada);
  });

  it('is taken at the edges of what clocks may differ by', async () => {
    for (const changed of [
      { exp: now() - 20 },
      { nbf: now() + 20 },
      { iat: now() + 20 },
      { iat: now() - 24 * hour - 20 },
    ]) {
      expect(await verify(await signed(keys.ES256, claims(changed)))).toEqual(ada);
    }
  });

  it('is taken from an operator by tenant and role', async () => {
    const token = await signed(
      keys.ES256,
      claims({ [defaultClaimNames.tenant]: 'operations', role: 'operator', scopes: ['*'] }),
    );
    expect(await verify(token)).toMatchObject({ tenant: 'operations', role: 'operator' });
  });

  it('is read by the names that its claims have there', async () => {
    const named = oidcTokens({
      issuer: issuer.url,
      audience,
      claims: { tenant: 'org', role: 'custom:role' },
    });
    const token = await signed(keys.ES256, claims({ org: 'globex', 'custom:role': 'clerk' }));
    expect(await named(token)).toMatchObject({ tenant: 'globex', role: 'clerk' });
  });

  it.each<[string, () => Promise<string>]>([
    ['of another issuer', () => signed(keys.ES256, claims({ iss: 'https://other.example' }))],
    ['of the issuer with a slash', () => signed(keys.ES256, claims({ iss: `${issuer.url}/` }))],
    ['for another audience', () => signed(keys.ES256, claims({ aud: 'https://other.example' }))],
    ['for no audience', () => signed(keys.ES256, claims({ aud: [] }))],
    ['that has expired', () => signed(keys.ES256, claims({ exp: now() - 31 }))],
    ['that is not valid yet', () => signed(keys.ES256, claims({ nbf: now() + 60 }))],
    ['from the future', () => signed(keys.ES256, claims({ iat: now() + 60 }))],
    [
      'that is older than a day, whatever its end',
      () => signed(keys.ES256, claims({ iat: now() - 24 * hour - 60, exp: now() + 1_000 * hour })),
    ],
    ['without a tenant', () => signed(keys.ES256, without(defaultClaimNames.tenant))],
    ['without a subject', () => signed(keys.ES256, without('sub'))],
    ['without an issuer', () => signed(keys.ES256, without('iss'))],
    ['without an audience', () => signed(keys.ES256, without('aud'))],
    ['without an end', () => signed(keys.ES256, without('exp'))],
    ['without an age', () => signed(keys.ES256, without('iat'))],
    ['of an operator of a merchant', () => signed(keys.ES256, claims({ role: 'operator' }))],
    [
      'of the operators without their role',
      () => signed(keys.ES256, claims({ [defaultClaimNames.tenant]: 'operations' })),
    ],
  ])('is refused: one %s', async (_, make) => {
    expect(await verify(await make())).toBeNull();
  });
});

describe('a token that somebody else made', () => {
  it.each(['none', 'None', 'NONE', 'nOnE'])('is refused with the algorithm %s', async (alg) => {
    expect(await verify(unsigned({ alg }, claims()))).toBeNull();
    expect(await verify(unsigned({ alg, kid: 'kid-RS256' }, claims(), 'c2ln'))).toBeNull();
  });

  it('is refused when it is signed with the public key as a shared secret', async () => {
    const jwk = keys.RS256.publicJwk;
    const pem = createPublicKey({ key: jwk as never, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    for (const secret of [String(pem), String(pem).trim(), JSON.stringify(jwk), jwk.n ?? '']) {
      const bare = unsigned({ alg: 'HS256', kid: 'kid-RS256' }, claims()).slice(0, -1);
      const signature = createHmac('sha256', secret).update(bare).digest('base64url');
      expect(await verify(`${bare}.${signature}`)).toBeNull();
    }
  });

  it.each(['PS256', 'ES384'] as const)(
    'is refused by an algorithm beside ours: %s',
    async (alg) => {
      const key = await anIssuerKey(alg, 'kid-other');
      issuer.publish([...Object.values(keys), key]);
      const fresh = oidcTokens({ issuer: issuer.url, audience, claims: defaultClaimNames });
      expect(await fresh(await signed(key, claims()))).toBeNull();
      issuer.publish(Object.values(keys));
    },
  );

  it.each(algorithms)('is refused when a stranger’s %s key has the issuer’s name', async (alg) => {
    const stranger = await anIssuerKey(alg, keys[alg].kid);
    expect(await verify(await signed(stranger, claims()))).toBeNull();
  });

  it('is refused when it brings its own key', async () => {
    const stranger = await anIssuerKey('ES256', 'kid-ES256');
    for (const header of [
      { jwk: stranger.publicJwk },
      { jku: 'http://127.0.0.1:1/keys' },
      { x5u: 'http://127.0.0.1:1/cert', kid: 'kid-ES256' },
    ]) {
      expect(await verify(await signed(stranger, claims(), header))).toBeNull();
    }
  });

  it('is refused when its claims were changed, or its header', async () => {
    const [header = '', , signature] = (await signed(keys.ES256, claims())).split('.');
    const other = Buffer.from(JSON.stringify(claims({ sub: 'eve' }))).toString('base64url');
    expect(await verify(`${header}.${other}.${signature}`)).toBeNull();
    const [, payload] = (await signed(keys.ES256, claims())).split('.');
    const named = Buffer.from('{"alg":"ES256","kid":"kid-ES256","typ":"x"}').toString('base64url');
    expect(await verify(`${named}.${payload}.${signature}`)).toBeNull();
  });

  it('is refused whatever it is, and is never a fault', async () => {
    const part = fc.oneof(
      fc.base64String().map((text) => text.replaceAll(/[^\w-]/g, '')),
      fc.json().map((text) => Buffer.from(text).toString('base64url')),
      fc
        .record({
          alg: fc.constantFrom('RS256', 'ES256', 'EdDSA', 'none', 'HS256', '', 1, null),
          kid: fc.constantFrom('kid-RS256', 'kid-ES256', 'kid-EdDSA', 1, null, '__proto__'),
          b64: fc.constantFrom(true, false, undefined),
        })
        .map((header) => Buffer.from(JSON.stringify(header)).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(part, part, part, async (header, payload, signature) => {
        expect(await verify(`${header}.${payload}.${signature}`)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
