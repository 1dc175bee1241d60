import { afterEach, describe, expect, it, vi } from 'vitest';
import { leastBody, memoryApi } from '../../test/support/api/memory-api.ts';
import { facts } from '../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../test/support/payments/payments.ts';
import { changePayment } from '../domain/payment/change.ts';
import type { Payment } from '../domain/payment/state.ts';
import { change } from './advance.ts';
import { objectives } from './objectives.ts';
import { metrics } from './observability.ts';

const watched = ['TimeToSettleMs', 'SettledLate', 'AcceptLatencyMs', 'SlowAccept'];

/** What is measured for the objectives from now on. */
function measured() {
  const added = vi.spyOn(metrics, 'addMetric').mockReturnThis();
  return () =>
    added.mock.calls
      .filter(([name]) => watched.includes(name))
      .map(([name, unit, value]) => [name, unit, value]);
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const reserved = (() => {
  const nextStamp = countingStamps();
  const accepted = anAcceptedPayment(nextStamp).after;
  return changePayment(accepted, facts.reserved, nextStamp()).after;
})();

/** Writes a fact of a payment so long after its acceptance. */
async function after(
  ms: number,
  fact: Parameters<typeof changePayment>[1],
  payment: Payment = reserved,
) {
  const time = new Date(Date.parse(payment.created) + ms).toISOString();
  const written = await change(
    { append: async () => 'written', nextStamp: () => ({ eventId: 'event', time }) },
    async () => payment,
    (found, stamp) => changePayment(found, fact, stamp),
    { attempts: 1 },
  );
  return written?.payment as Payment;
}

describe('the time that a payment takes to settle', () => {
  it.each(['captured', 'authorized'] as const)('is measured when it is %s', async (settled) => {
    const calls = measured();
    await after(4_321, facts[settled]);
    expect(calls()).toEqual([['TimeToSettleMs', 'Milliseconds', 4_321]]);
  });

  it('is late over a minute, and not at it', async () => {
    const calls = measured();
    await after(objectives.settle.withinMs, facts.captured);
    await after(objectives.settle.withinMs + 1, facts.captured);
    expect(calls()).toEqual([
      ['TimeToSettleMs', 'Milliseconds', 60_000],
      ['TimeToSettleMs', 'Milliseconds', 60_001],
      ['SettledLate', 'Count', 1],
    ]);
  });

  it('is not measured of what comes before and after: a step, or what is asked a week later', async () => {
    const accepted = anAcceptedPayment(countingStamps()).after;
    const authorized = await after(10, facts.authorized);
    const calls = measured();
    expect((await after(1, facts.reserved, accepted)).status).toBe('processing');
    const later = await after(7 * 24 * 3_600_000, facts.captureRequested, authorized);
    expect(later.operations).toHaveLength(1);
    expect(calls()).toEqual([]);
  });

  it('is not measured when another writer came first', async () => {
    const calls = measured();
    await change(
      {
        append: async () => 'conflict' as never,
        nextStamp: () => ({ eventId: 'e', time: reserved.created }),
      },
      async () => reserved,
      (found, stamp) => changePayment(found, facts.captured, stamp),
      { attempts: 1 },
    );
    expect(calls()).toEqual([]);
  });
});

describe('the time that an accept takes', () => {
  it('is measured from the gateway having the request, and slow over a second', async () => {
    const nowMs = Date.UTC(2026, 0, 2);
    for (const [tookMs, expected] of [
      [1_000, [['AcceptLatencyMs', 'Milliseconds', 1_000]]],
      [
        1_001,
        [
          ['AcceptLatencyMs', 'Milliseconds', 1_001],
          ['SlowAccept', 'Count', 1],
        ],
      ],
    ] as const) {
      const api = memoryApi();
      const calls = measured();
      const clock = vi
        .spyOn(Date, 'now')
        .mockReturnValueOnce(nowMs)
        .mockReturnValue(nowMs + tookMs);
      await api.pay(leastBody);
      clock.mockRestore();
      expect(calls()).toEqual(expected);
      vi.restoreAllMocks();
    }
  });

  it('is never below nothing, where the gateway’s clock is ahead of ours', async () => {
    const calls = measured();
    const clock = vi.spyOn(Date, 'now').mockReturnValueOnce(2_000).mockReturnValue(1_000);
    await memoryApi().pay(leastBody);
    clock.mockRestore();
    expect(calls()).toEqual([['AcceptLatencyMs', 'Milliseconds', 0]]);
  });
});
