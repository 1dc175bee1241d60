import { describe, expect, it } from 'vitest';
import { aPrincipal } from '../../../../test/support/api/access.ts';
import { ApiError } from '../../../contracts/errors.ts';
import type { Principal } from '../../../ports/access/access.ts';
import { Headers } from '../request.ts';
import { bearer, hashApiKey } from './authenticate.ts';

function headersOf(...values: readonly string[]): Headers {
  return new Headers({
    headers: {},
    multiValueHeaders: values.length === 0 ? {} : { Authorization: [...values] },
  });
}

/** An authenticator over the keys `key-<n>` of the tenants `tenant-<n>`, with its look-ups. */
function keys({
  revoked = new Set<string>(),
  validUntilMs = undefined as number | undefined,
} = {}) {
  const asked: string[] = [];
  const clock = { ms: 0 };
  const known = new Map(
    Array.from({ length: 1_500 }, (_, n) => [hashApiKey(`key-${n}`), `tenant-${n}`]),
  );
  const ends = validUntilMs === undefined ? {} : { validUntilMs };
  const authenticate = bearer(
    async (hash) => {
      asked.push(hash);
      const tenant = known.get(hash);
      return tenant && !revoked.has(tenant) ? { ...aPrincipal(tenant), ...ends } : null;
    },
    { now: () => clock.ms },
  );
  return {
    asked,
    clock,
    revoked,
    ask: (key: string) => authenticate(headersOf(`Bearer ${key}`)),
    authenticate,
  };
}

describe('authentication by key', () => {
  it('finds the tenant by the hash of the key, never by the key', async () => {
    const { ask, asked } = keys();
    expect(await ask('key-1')).toMatchObject({ tenant: 'tenant-1' });
    expect(asked).toEqual([hashApiKey('key-1')]);
    expect(hashApiKey('key-1')).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['none', []],
    ['an empty one', ['']],
    ['another scheme', ['Basic a2V5LTE=']],
    ['no scheme', ['key-1']],
    ['a scheme alone', ['Bearer']],
    ['a scheme and a space', ['Bearer ']],
    ['two spaces', ['Bearer  key-1']],
    ['two words', ['Bearer key-1 key-2']],
    ['a longer scheme', ['XBearer key-1']],
    ['a key with a control character', ['Bearer key-1\u0000']],
    ['a key with a letter beyond ASCII', ['Bearer key-é']],
    ['a key that is too long', [`Bearer ${'k'.repeat(257)}`]],
    ['two headers', ['Bearer key-1', 'Bearer key-2']],
    ['one header twice', ['Bearer key-1', 'Bearer key-1']],
  ])('refuses %s without a look-up', async (_name, values) => {
    const { authenticate, asked } = keys();
    await expect(authenticate(headersOf(...values))).rejects.toMatchObject({
      code: 'unauthorized',
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
    expect(asked).toEqual([]);
  });

  it('takes the scheme in any case, and a key of the longest form', async () => {
    const { authenticate, asked } = keys();
    expect(await authenticate(headersOf('bEARER key-2'))).toMatchObject({ tenant: 'tenant-2' });
    await expect(authenticate(headersOf(`Bearer ${'k'.repeat(256)}`))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    expect(asked).toHaveLength(2);
  });

  it('refuses a key of nobody each time, and does not say what it was', async () => {
    const { ask, asked } = keys();
    for (let i = 0; i < 3; i++) {
      await expect(ask('guessed')).rejects.toMatchObject({
        code: 'unauthorized',
        detail: expect.not.stringContaining('guessed'),
      });
    }
    expect(asked).toHaveLength(3);
  });

  it('believes an answer for a minute, and no longer', async () => {
    const { ask, asked, clock, revoked } = keys();
    await ask('key-1');
    revoked.add('tenant-1');
    clock.ms = 59_999;
    expect(await ask('key-1')).toMatchObject({ tenant: 'tenant-1' });
    expect(asked).toHaveLength(1);
    clock.ms = 60_000;
    await expect(ask('key-1')).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(ask('key-1')).rejects.toMatchObject({ code: 'unauthorized' });
    expect(asked).toHaveLength(3);
  });

  it('believes an answer no longer than the key is valid, and does not pass that on', async () => {
    const { ask, asked, clock } = keys({ validUntilMs: 20_000 });
    expect(await ask('key-1')).toEqual(aPrincipal('tenant-1'));
    clock.ms = 19_999;
    expect(await ask('key-1')).toEqual(aPrincipal('tenant-1'));
    expect(asked).toHaveLength(1);
    clock.ms = 20_000;
    await ask('key-1');
    expect(asked).toHaveLength(2);
  });

  it('does not prolong the minute by use', async () => {
    const { ask, asked, clock } = keys();
    for (clock.ms = 0; clock.ms <= 60_000; clock.ms += 20_000) {
      await ask('key-1');
    }
    expect(asked).toHaveLength(2);
  });

  it('remembers a thousand keys, of which guesses push out none', async () => {
    const { ask, asked } = keys();
    for (let n = 0; n < 1_000; n++) {
      await ask(`key-${n}`);
    }
    await Promise.allSettled(Array.from({ length: 2_000 }, (_, n) => ask(`guess-${n}`)));
    asked.length = 0;
    await ask('key-0');
    expect(asked).toHaveLength(0);
    await ask('key-1000');
    await ask('key-1');
    expect(asked).toHaveLength(1);
    await ask('key-0');
    expect(asked).toEqual([hashApiKey('key-1000'), hashApiKey('key-0')]);
  });

  it('lets the failure of a look-up through, and remembers nothing of it', async () => {
    let fails = true;
    const authenticate = bearer(async () => {
      if (fails) {
        throw new Error('the table is away');
      }
      return aPrincipal('acme');
    });
    await expect(authenticate(headersOf('Bearer k'))).rejects.toThrow('the table is away');
    fails = false;
    expect(await authenticate(headersOf('Bearer k'))).toMatchObject({ tenant: 'acme' });
  });
});

describe('authentication by token', () => {
  const token = (length: number) => `e30.${'a'.repeat(length - 8)}.sig`;

  function tokens(verify: ((token: string) => Promise<Principal | null>) | null) {
    const lookedUp: string[] = [];
    const authenticate = bearer(
      async (hash) => {
        lookedUp.push(hash);
        return null;
      },
      { verifyToken: verify },
    );
    return { lookedUp, ask: (text: string) => authenticate(headersOf(`Bearer ${text}`)) };
  }

  it.each([9, 257, 4_096])(
    'verifies one of %i characters, and looks nothing up',
    async (length) => {
      const principal = aPrincipal('acme', { id: 'jwt:ada' });
      const asked: string[] = [];
      const { ask, lookedUp } = tokens(async (text) => {
        asked.push(text);
        return principal;
      });
      expect(await ask(token(length))).toEqual(principal);
      expect(await ask(token(length))).toEqual(principal);
      expect([asked, lookedUp]).toEqual([[token(length), token(length)], []]);
    },
  );

  it('refuses a longer one without verifying it', async () => {
    const { ask } = tokens(async () => aPrincipal('acme'));
    await expect(ask(token(4_097))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('takes one without a signature for a token that is not valid', async () => {
    const { ask, lookedUp } = tokens(async () => null);
    await expect(ask('e30.e30.')).rejects.toMatchObject({ code: 'unauthorized' });
    expect(lookedUp).toEqual([]);
  });

  it.each(['a.b', 'a.b.c.d', 'a.b+.c', '.b.c', 'a..c'])(
    'takes %s, of another form, for a key',
    async (text) => {
      const { ask, lookedUp } = tokens(async () => aPrincipal('acme'));
      await expect(ask(text)).rejects.toMatchObject({ code: 'unauthorized' });
      expect(lookedUp).toEqual([hashApiKey(text)]);
    },
  );

  it('says the same of a key that nobody has, a token that is not valid, and one without an issuer', async () => {
    const said = async (verify: Parameters<typeof tokens>[0], text: string) =>
      tokens(verify)
        .ask(text)
        .catch(({ code, detail, headers }) => ({ code, detail, headers }));
    const ofKey = await said(null, 'guessed');
    expect(await said(async () => null, token(100))).toEqual(ofKey);
    expect(await said(null, token(100))).toEqual(ofKey);
  });

  it('lets through that nobody can know now', async () => {
    const { ask } = tokens(async () => {
      throw new ApiError('temporarily_unavailable', 'Not now.');
    });
    await expect(ask(token(100))).rejects.toMatchObject({ code: 'temporarily_unavailable' });
  });
});
