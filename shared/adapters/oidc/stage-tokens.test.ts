import { afterEach, describe, expect, it, vi } from 'vitest';
import { stageTokens } from './stage-tokens.ts';
import { unsigned } from './testing/issuer.ts';

const setting = {
  issuer: 'https://127.0.0.1:1',
  audience: 'payments',
  claims: { tenant: 'tenant', role: 'role' },
};

describe('the issuer of a stage', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('may be none', () => {
    vi.stubEnv('OIDC', 'null');
    expect(stageTokens()).toBeNull();
  });

  it('is asked for its keys with the first token that could be its own', async () => {
    vi.stubEnv('OIDC', JSON.stringify(setting));
    const verify = stageTokens();
    expect(await verify?.(unsigned({ alg: 'none' }, {}))).toBeNull();
    await expect(verify?.(unsigned({ alg: 'ES256' }, {}))).rejects.toMatchObject({
      code: 'temporarily_unavailable',
    });
  });

  it.each<[string, object, string]>([
    ['over http', { ...setting, issuer: 'http://issuer.example' }, '/issuer must be an https URL'],
    ['without an audience', { ...setting, audience: '' }, '/audience must be a text'],
    ['with an unknown setting', { ...setting, jwks: 'x' }, 'with the known names alone'],
    ['without names of claims', { ...setting, claims: {} }, '/claims/tenant'],
  ])('is refused at start-up: one %s', (_, value, message) => {
    vi.stubEnv('OIDC', JSON.stringify(value));
    expect(() => stageTokens()).toThrow(message);
  });

  it('has to be said, if only that there is none', () => {
    vi.stubEnv('OIDC', '');
    expect(() => stageTokens()).toThrow('the environment variable OIDC is not set');
  });
});
