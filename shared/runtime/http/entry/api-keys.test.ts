import { beforeEach, describe, expect, it, vi } from 'vitest';
import { apiEvent, invoke } from '../../../../test/support/api/api-event.ts';
import { aKey } from '../../../../test/support/api/keys.ts';
import { recordLogs } from '../../../../test/support/logs.ts';
import { memoryKeyStore } from '../../../adapters/memory/access/keys.ts';
import type { ApiKey } from '../../../domain/access/key.ts';
import type { KeyUse } from '../../../ports/access/access.ts';
import { httpHandler } from '../handler.ts';
import { principalsOf } from './api-keys.ts';
import { bearer, hashApiKey } from './authenticate.ts';

const hourMs = 3_600_000;
const startMs = Date.parse('2026-11-21T10:00:00.000Z');
const contract = {
  method: 'GET',
  access: { scope: 'payments:read', action: 'payments:read' },
} as const;

const useCaseCalls = vi.fn();

/** Processes that share a table with one key, and the calls that they make to it. */
async function processes(count: number, given: Partial<ApiKey> = {}) {
  const store = memoryKeyStore();
  await store.createTenant({ name: 'acme', created: '2026-11-01T00:00:00.000Z' });
  await store.create(aKey(given), hashApiKey('secret'));
  const clock = { ms: startMs };
  const calls = { find: 0, recordUse: 0, written: 0 };
  let turn = Promise.resolve();
  const counted: { -readonly [K in keyof KeyUse]: KeyUse[K] } = {
    find: async (hash) => {
      calls.find++;
      return store.find(hash);
    },
    recordUse: (hash, use) => {
      calls.recordUse++;
      // One after the other, to see which of them wrote something.
      turn = turn.then(async () => {
        const before = await store.find(hash);
        await store.recordUse(hash, use);
        calls.written += before === (await store.find(hash)) ? 0 : 1;
      });
      return turn;
    },
  };
  const handlers = Array.from({ length: count }, () =>
    httpHandler(
      contract,
      {
        authenticate: bearer(
          principalsOf(counted, () => clock.ms),
          { now: () => clock.ms },
        ),
        policies: async () => () => ({ effect: 'permit', policies: [], errors: [] }),
        admit: async () => null,
      },
      async ({ principal }) => {
        useCaseCalls();
        return { status: 200, body: principal };
      },
    ),
  );
  const ask = (index: number) =>
    invoke(
      handlers[index] as (typeof handlers)[number],
      apiEvent({ method: 'GET', headers: { Authorization: 'Bearer secret' } }),
    );
  const lastUsed = async () => (await store.find(hashApiKey('secret')))?.lastUsed;
  return { ask, calls, clock, counted, lastUsed, store };
}

describe('a request by a stored key', () => {
  const logs = recordLogs();
  beforeEach(() => useCaseCalls.mockClear());

  it('is its tenant’s, with the key’s role and scopes, and no more of the key', async () => {
    const { ask } = await processes(1, {
      id: 'k-1',
      role: 'clerk',
      scopes: ['payments:read'],
      expires: '2027-01-01T00:00:00.000Z',
    });
    expect((await ask(0)).json).toEqual({
      tenant: 'acme',
      id: 'key:k-1',
      role: 'clerk',
      scopes: ['payments:read'],
    });
  });

  it.each<[string, Partial<ApiKey>]>([
    ['revoked', { revoked: '2026-11-21T09:00:00.000Z' }],
    ['expired', { expires: '2026-11-21T10:00:00.000Z' }],
    [
      'rotated out, after its grace period',
      { rotatedTo: 'k-2', expires: '2026-11-21T09:59:59.999Z' },
    ],
    ['revoked before it expires', { revoked: '2026-11-21T09:00:00.000Z', expires: '2027-01-01' }],
  ])('by one that is %s is answered as by one that nobody has', async (_, given) => {
    const { ask, calls, store } = await processes(1, given);
    const answer = await ask(0);
    expect(answer.status).toBe(401);
    const none = await processes(1);
    vi.spyOn(none.store, 'find').mockResolvedValue(null);
    expect((await none.ask(0)).text).toBe(answer.text);
    expect(calls).toEqual({ find: 1, recordUse: 0, written: 0 });
    expect((await store.list('acme'))[0]?.lastUsed).toBeNull();
  });

  it('ends in the moment in which the key does, also where it is remembered', async () => {
    const { ask, clock } = await processes(1, { expires: '2026-11-21T10:00:30.000Z' });
    expect((await ask(0)).status).toBe(200);
    clock.ms += 29_999;
    expect((await ask(0)).status).toBe(200);
    clock.ms += 1;
    expect((await ask(0)).status).toBe(401);
  });

  it('by one that was revoked is taken for a minute where the key is remembered, and nowhere else', async () => {
    const { ask, clock, store } = await processes(2);
    expect((await ask(0)).status).toBe(200);
    await store.revoke({ tenant: 'acme', id: aKey().id, time: '2026-11-21T10:00:00.000Z' });
    clock.ms += 59_999;
    expect([(await ask(0)).status, (await ask(1)).status]).toEqual([200, 401]);
    clock.ms += 1;
    expect((await ask(0)).status).toBe(401);
  });

  it('puts the use on record before it ends', async () => {
    const { ask, lastUsed } = await processes(1);
    await ask(0);
    expect(await lastUsed()).toBe('2026-11-21T10:00:00.000Z');
  });

  it('has its use case done while the use is being recorded, and ends after both', async () => {
    const { ask, counted } = await processes(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const done: string[] = [];
    counted.recordUse = () => promise;
    const answered = ask(0).then(() => done.push('answered'));
    await vi.waitFor(() => expect(useCaseCalls).toHaveBeenCalled());
    // Were the answer not to wait, it would be there by then.
    await new Promise((next) => setImmediate(next));
    done.push('recorded');
    resolve();
    await answered;
    expect(done).toEqual(['recorded', 'answered']);
  });

  it('costs a read a minute and process, and a write an hour, whatever the number of either', async () => {
    const { ask, calls, clock, lastUsed } = await processes(5);
    for (let minute = 0; minute < 24 * 60; minute++) {
      for (let index = 0; index < 5; index++) {
        await ask(index);
        await ask(index);
      }
      clock.ms += 60_000;
    }
    expect(calls).toEqual({ find: 24 * 60 * 5, recordUse: 24, written: 24 });
    expect(await lastUsed()).toBe('2026-11-22T09:00:00.000Z');
  });

  it('costs one write when many processes find the key in the same moment', async () => {
    const { ask, calls } = await processes(20);
    await Promise.all(Array.from({ length: 20 }, (_, index) => ask(index)));
    expect(calls).toMatchObject({ find: 20, written: 1 });
  });

  it('asks for nothing to be recorded within the hour', async () => {
    const { ask, calls, clock } = await processes(1, { lastUsed: '2026-11-21T10:00:00.000Z' });
    clock.ms += hourMs - 1;
    await ask(0);
    expect(calls.recordUse).toBe(0);
    clock.ms += 60_000;
    await ask(0);
    expect(calls.recordUse).toBe(1);
  });

  it('is answered when the record fails, which is only logged', async () => {
    const { ask, counted } = await processes(1);
    counted.recordUse = async () => {
      throw new Error('the table is away');
    };
    expect((await ask(0)).status).toBe(200);
    expect(logs.lines()).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        message: 'the last use of a key was not recorded',
      }),
    );
  });
});
