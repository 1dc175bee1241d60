import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import {
  anUnknown,
  approvedAs,
  inquiredPsp,
  settleWindowMs,
} from '../../../test/support/payments/unknowns.ts';
import type { Conclusion } from '../../domain/payment/recovery/conclude.ts';
import { sweepOf } from '../../domain/payment/recovery/sweep.ts';
import type { Inquiry } from '../../ports/provider.ts';
import { ask, settleUnknown } from './settle-unknown.ts';

const declined: Conclusion = { kind: 'declined', code: 'lost_card', message: 'No.' };

async function settling(
  what: Parameters<typeof anUnknown>[0],
  append: (
    unknown: Awaited<ReturnType<typeof anUnknown>>,
  ) => Awaited<ReturnType<typeof anUnknown>>['deps']['append'] = ({ deps }) => deps.append,
) {
  const unknown = await anUnknown(what);
  const { plans, authorizationWindowMs } = unknown;
  const deps = { ...unknown.deps, append: append(unknown), plans, authorizationWindowMs };
  return {
    ...unknown,
    settle: (conclusion: Conclusion) => settleUnknown(deps, unknown.of, conclusion),
  };
}

describe('what is known now', () => {
  it('is recorded, and the saga begins anew where that is not the end', async () => {
    const { settle, since, store, id } = await settling('charge');
    await settle(declined);
    await settle(declined);
    expect(await since()).toEqual(['charge_declined', 'resumed']);
    expect((await store.events(id)).at(-1)?.data).toMatchObject({
      reason: 'the outcome is known now: declined',
    });
  });

  it('begins nothing anew where it is the end', async () => {
    const { settle, since } = await settling('refund');
    await settle({ kind: 'done' });
    expect(await since()).toEqual(['refunded']);
  });

  it('is left as it is by a second conclusion, whatever that says', async () => {
    const { settle, since, load } = await settling('charge');
    await settle(declined);
    await settle({ ...(approvedAs() as Extract<Inquiry, { kind: 'approved' }>) });
    expect(await since()).toEqual(['charge_declined', 'resumed']);
    expect((await load()).charge).toBeNull();
  });

  it('does not begin a reversal anew for ever: after three times the sweeper has it for a person', async () => {
    const { settle, since, write, load } = await settling('reverse');
    for (const execution of ['e2', 'e3', 'e4']) {
      await settle(declined);
      await write({ type: 'payment.execution_restarted', facts: { execution } });
      await write(facts.unknownReversal);
    }
    const before = (await since()).length;
    await settle(declined);
    expect((await since()).slice(before)).toEqual(['outcome_resolved']);
    const later = new Date(Date.parse((await load()).progress.since) + 3_600_000).toISOString();
    expect(sweepOf(await load(), later, { stuckAfterMs: 600_000 })).toMatchObject({
      type: 'payment.parked',
    });
  });

  it.each([
    ['charge', 'payment.resumed'],
    ['capture', 'payment.capture_resumed'],
  ] as const)(
    'is for the sweeper when it dies before the saga of the %s goes on',
    async (what, type) => {
      let written = 0;
      const { settle, since, load } = await settling(what, ({ deps }) => async (change) => {
        if (++written === 2) {
          throw new Error('died');
        }
        return deps.append(change);
      });
      await expect(settle(declined)).rejects.toThrow('died');
      await settle(declined);
      expect(await since()).toHaveLength(1);
      const later = '2026-01-02T00:00:00.000Z';
      expect(sweepOf(await load(), later, { stuckAfterMs: 600_000 })?.type).toBe(type);
    },
  );

  it('does not begin anew what the sweeper has begun between', async () => {
    let written = 0;
    const { settle, since } = await settling('charge', ({ deps, write }) => async (change) => {
      if (++written === 2) {
        await write(facts.resumed);
      }
      return deps.append(change);
    });
    await settle(declined);
    expect(await since()).toEqual(['charge_declined', 'resumed']);
  });

  it('is nothing new to who comes second, and so it begins nothing anew', async () => {
    let first = true;
    const { settle, since } = await settling('charge', ({ deps, write }) => async (change) => {
      if (first) {
        first = false;
        await write(facts.declined);
      }
      return deps.append(change);
    });
    await settle(declined);
    expect(await since()).toEqual(['charge_declined']);
  });

  it('asks for the fee plan before it writes', async () => {
    const unknown = await anUnknown('capture');
    const settled = settleUnknown(
      { ...unknown.deps, ...unknown, plans: { ...unknown.plans, tenants: { acme: 'gone' } } },
      unknown.of,
      { kind: 'done' },
    );
    await expect(settled).rejects.toThrow(RangeError);
    expect(await unknown.since()).toEqual([]);
  });
});

describe('what a PSP says', () => {
  const learned = async (answer: Inquiry, laterMs: number) => {
    const { load, open } = await anUnknown('charge');
    const now = new Date(Date.parse(open.since) + laterMs).toISOString();
    const { providers } = inquiredPsp([answer]);
    return ask(providers, await load(), open, { now, settleWindowMs });
  };

  it.each([0, settleWindowMs])('is known as it says it, %i ms later', async (laterMs) => {
    for (const answer of [approvedAs(), { kind: 'done' }, declined] as const) {
      expect(await learned(answer, laterMs)).toEqual({ kind: 'known', conclusion: answer });
    }
  });

  it('says nothing when it does not answer, at any time', async () => {
    for (const laterMs of [0, settleWindowMs, 100 * settleWindowMs]) {
      expect(await learned({ kind: 'unavailable', reason: '503' }, laterMs)).toEqual({
        kind: 'unknown',
        reason: '503',
      });
    }
  });

  it('is a no of what it has no record of, once that cannot arrive any more', async () => {
    expect(await learned({ kind: 'not_found' }, settleWindowMs - 1)).toMatchObject({
      kind: 'unknown',
    });
    expect(await learned({ kind: 'not_found' }, settleWindowMs)).toEqual({
      kind: 'known',
      conclusion: {
        kind: 'declined',
        code: 'not_processed',
        message: 'The payment provider has no record of it. Nothing was taken.',
      },
    });
  });
});
