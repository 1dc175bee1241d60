import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { paymentId } from '../../../shared/domain/ids.ts';
import {
  capture,
  expectReplay,
  leastBody,
  memoryApi,
  withKey,
} from '../../../test/support/api/memory-api.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn() }));

describe('Prefer: wait', () => {
  // Waiting is a mock that lets the clock go on: no test waits.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.mocked(delay).mockReset();
  });

  function onEachWait(act: (waits: number) => Promise<void> = async () => {}): number[] {
    const waited: number[] = [];
    vi.mocked(delay).mockImplementation(async (ms) => {
      waited.push(ms ?? 0);
      vi.setSystemTime(Date.now() + (ms ?? 0));
      await act(waited.length);
    });
    return waited;
  }

  it('answers 200 with the payment as soon as it has settled', async () => {
    const api = memoryApi();
    const id = paymentId('acme', 'k');
    const waited = onEachWait(async (waits) => {
      if (waits === 3) {
        await capture(api, id);
      }
    });
    const answer = await api.pay(leastBody, withKey('k', { Prefer: 'wait=5' }));
    expect(waited).toHaveLength(3);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ id, status: 'captured', version: 3 });
    expect(answer.headers).toMatchObject({
      'Preference-Applied': 'wait=5',
      Location: `payments/${id}`,
    });
    expect(answer.headers).not.toHaveProperty('Idempotent-Replayed');
    expect((await api.get(id)).text).toBe(answer.text);
  });

  it('answers 202 with the first state when it has not settled in time', async () => {
    const api = memoryApi();
    const waited = onEachWait();
    const answer = await api.pay(leastBody, withKey('k', { Prefer: 'wait=2' }));
    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(2_000);
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ status: 'processing', version: 1 });
    expect(answer.headers).not.toHaveProperty('Preference-Applied');
  });

  it('answers 202 when the payment is taken but cannot be read while waiting', async () => {
    const api = memoryApi({
      load: async () => {
        throw new Error('throttled');
      },
    });
    onEachWait();
    const answer = await api.pay(leastBody, withKey('k', { Prefer: 'wait=1' }));
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ status: 'processing', version: 1 });
  });

  it('is never longer than 10 s', async () => {
    const waited = onEachWait();
    await memoryApi().pay(leastBody, withKey('k', { Prefer: 'wait=3600' }));
    expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(10_000);
  });

  it('says how long it waited for, not how long it was asked to', async () => {
    const api = memoryApi();
    onEachWait(() => capture(api, paymentId('acme', 'k')));
    const answer = await api.pay(leastBody, withKey('k', { Prefer: 'wait=3600' }));
    expect(answer.headers).toMatchObject({ 'Preference-Applied': 'wait=10' });
  });

  it('of a replay answers what the payment has become, at once', async () => {
    const api = memoryApi();
    const waited = onEachWait();
    const first = await api.pay(leastBody, withKey('k'));
    await capture(api, first.json.id);
    const again = await api.pay(leastBody, withKey('k', { Prefer: 'wait=5' }));
    expect(waited).toEqual([]);
    expect(again.status).toBe(200);
    expect(again.json.status).toBe('captured');
    expect(again.headers).toMatchObject({
      'Idempotent-Replayed': 'true',
      'Preference-Applied': 'wait=5',
    });
  });

  it('of a replay that does not settle is the first answer again', async () => {
    const api = memoryApi();
    onEachWait();
    const first = await api.pay(leastBody, withKey('k'));
    expectReplay(first, await api.pay(leastBody, withKey('k', { Prefer: 'wait=1' })));
  });

  it('does not hold an answer that is refused', async () => {
    const api = memoryApi();
    const waited = onEachWait();
    await api.pay(leastBody, withKey('k'));
    const answer = await api.pay({ ...leastBody, amount: 1 }, withKey('k', { Prefer: 'wait=5' }));
    expect([answer.status, waited]).toEqual([422, []]);
  });
});
