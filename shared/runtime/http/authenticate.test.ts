import { describe, expect, it } from 'vitest';
import { bearerKeys, hashApiKey } from './authenticate.ts';
import { Headers } from './request.ts';

function headersOf(...values: readonly string[]): Headers {
  return new Headers({
    headers: {},
    multiValueHeaders: values.length === 0 ? {} : { Authorization: [...values] },
  });
}

/** An authenticator over the keys `key-<n>` of the tenants `tenant-<n>`, with its look-ups. */
function keys({ revoked = new Set<string>() } = {}) {
  const asked: string[] = [];
  const clock = { ms: 0 };
  const known = new Map(
    Array.from({ length: 1_500 }, (_, n) => [hashApiKey(`key-${n}`), `tenant-${n}`]),
  );
  const authenticate = bearerKeys(
    async (hash) => {
      asked.push(hash);
      const tenant = known.get(hash);
      return tenant && !revoked.has(tenant) ? { tenant } : null;
    },
    () => clock.ms,
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
    expect(await ask('key-1')).toEqual({ tenant: 'tenant-1' });
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
    expect(await authenticate(headersOf('bEARER key-2'))).toEqual({ tenant: 'tenant-2' });
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
    expect(await ask('key-1')).toEqual({ tenant: 'tenant-1' });
    expect(asked).toHaveLength(1);
    clock.ms = 60_000;
    await expect(ask('key-1')).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(ask('key-1')).rejects.toMatchObject({ code: 'unauthorized' });
    expect(asked).toHaveLength(3);
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
    const authenticate = bearerKeys(async () => {
      if (fails) {
        throw new Error('the table is away');
      }
      return { tenant: 'acme' };
    });
    await expect(authenticate(headersOf('Bearer k'))).rejects.toThrow('the table is away');
    fails = false;
    expect(await authenticate(headersOf('Bearer k'))).toEqual({ tenant: 'acme' });
  });
});
