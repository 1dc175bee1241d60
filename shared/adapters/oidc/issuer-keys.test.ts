import { describe, expect, it, vi } from 'vitest';
import { defaultClaimNames } from '../../domain/access/claims.ts';
import { anIssuerKey, type IssuerKey, signed, startIssuer } from './testing/issuer.ts';
import { oidcTokens } from './tokens.ts';

const audience = 'https://payments.example';

describe('the issuer’s keys', () => {
  /** An issuer of its own, and a verifier whose clock the test sets. */
  async function withIssuer(
    run: (world: {
      readonly issuer: Awaited<ReturnType<typeof startIssuer>>;
      readonly key: IssuerKey;
      readonly ask: (key?: IssuerKey) => Promise<unknown>;
      readonly wait: (ms: number) => void;
    }) => Promise<void>,
  ) {
    const key = await anIssuerKey('ES256', 'kid-1');
    const own = await startIssuer([key]);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const check = oidcTokens({ issuer: own.url, audience, claims: defaultClaimNames });
      await run({
        issuer: own,
        key,
        ask: async (by = key) => {
          const seconds = Math.floor(Date.now() / 1_000);
          const claims = {
            iss: own.url,
            aud: audience,
            sub: 'ada',
            iat: seconds,
            exp: seconds + 60,
            [defaultClaimNames.tenant]: 'acme',
          };
          return check(await signed(by, claims));
        },
        wait: (ms) => vi.setSystemTime(Date.now() + ms),
      });
    } finally {
      vi.useRealTimers();
      await own.stop();
    }
  }
  const ada = { id: 'jwt:ada' };
  const once = ['/.well-known/openid-configuration', '/keys'];
  const unavailable = { code: 'temporarily_unavailable', headers: { 'Retry-After': '5' } };

  it('are read once for many tokens, and anew after ten minutes', () =>
    withIssuer(async ({ issuer: own, ask, wait }) => {
      await Promise.all([ask(), ask(), ask()]);
      wait(9 * 60_000);
      await ask();
      expect(own.asked).toEqual(once);
      wait(60_000);
      expect(await ask()).toMatchObject(ada);
      expect(own.asked).toEqual([...once, ...once]);
    }));

  it('are read anew for a key that is not known, and not more often than every 30 s', () =>
    withIssuer(async ({ issuer: own, ask, wait, key }) => {
      await ask();
      const next = await anIssuerKey('EdDSA', 'kid-2');
      own.publish([key, next]);
      expect(await ask(next)).toBeNull();
      expect(own.asked).toEqual(once);
      wait(30_000);
      expect(await ask(next)).toMatchObject(ada);
      expect(await ask(key)).toMatchObject(ada);
      const stranger = await anIssuerKey('ES256', 'kid-3');
      for (let i = 0; i < 10; i++) {
        expect(await ask(stranger)).toBeNull();
      }
      expect(own.asked).toEqual([...once, ...once]);
    }));

  it('that the issuer has taken back open nothing after ten minutes', () =>
    withIssuer(async ({ issuer: own, ask, wait, key }) => {
      await ask();
      own.publish([await anIssuerKey('ES256', 'kid-2')]);
      wait(10 * 60_000);
      expect(await ask(key)).toBeNull();
    }));

  it.each(['failing', 'garbled', 'of another', 'elsewhere', 'moved'] as const)(
    'are not to be had from one that is %s: that is no word on the token',
    (mood) =>
      withIssuer(async ({ issuer: own, ask, wait }) => {
        own.be(mood);
        await expect(ask()).rejects.toMatchObject(unavailable);
        own.be('well');
        wait(5_000);
        expect(await ask()).toMatchObject(ada);
      }),
  );

  it('are not waited for again within 5 s of a failure', () =>
    withIssuer(async ({ issuer: own, ask, wait }) => {
      own.be('failing');
      for (let i = 0; i < 10; i++) {
        await expect(ask()).rejects.toMatchObject(unavailable);
      }
      expect(own.asked).toHaveLength(1);
      wait(4_999);
      await expect(ask()).rejects.toMatchObject(unavailable);
      expect(own.asked).toHaveLength(1);
      wait(1);
      own.be('well');
      expect(await ask()).toMatchObject(ada);
    }));

  it('are given up when the issuer does not answer', () =>
    withIssuer(async ({ issuer: own, ask }) => {
      own.be('silent');
      const { timeout } = AbortSignal;
      const after = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(20));
      await expect(ask()).rejects.toMatchObject(unavailable);
      expect(own.asked).toHaveLength(1);
      expect(after.mock.calls).toEqual([[2_000]]);
      after.mockRestore();
    }));

  it('are not to be had from an issuer that is down; those that were read still count', () =>
    withIssuer(async ({ issuer: own, ask, wait }) => {
      await ask();
      await own.stop();
      wait(9 * 60_000);
      expect(await ask()).toMatchObject(ada);
      await expect(ask(await anIssuerKey('ES256', 'kid-2'))).rejects.toMatchObject(unavailable);
      expect(await ask()).toMatchObject(ada);
      wait(60_000);
      await expect(ask()).rejects.toMatchObject(unavailable);
    }));
});
