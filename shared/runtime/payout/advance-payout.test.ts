import { afterEach, describe, expect, it, vi } from 'vitest';
import { aPayout, payoutFacts } from '../../../test/support/payouts.ts';
import type { Stamp } from '../../domain/payment/change.ts';
import { changePayout, type PayoutChange } from '../../domain/payout/change.ts';
import type { Payout } from '../../domain/payout/state.ts';
import { Refusal } from '../../domain/saga/refusal.ts';
import { metrics } from '../observability.ts';
import { advancePayout, claimPayout } from './advance-payout.ts';

const reserved = (payout: Payout, stamp: Stamp): PayoutChange =>
  changePayout(payout, payoutFacts.reserved, stamp);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a change of a payout', () => {
  it('is written once, and gives the payout with the change in it', async () => {
    const { deps, command, load } = await aPayout();
    const after = await advancePayout(deps, command, reserved);
    expect(after).toEqual(await load());
    expect(after).toMatchObject({ version: 2, execution: 'e1' });
  });

  it('is not written when there is none to make', async () => {
    const { deps, command, load } = await aPayout();
    const append = vi.fn(deps.append);
    expect(await advancePayout({ ...deps, append }, command, () => null)).toEqual(await load());
    expect(append).not.toHaveBeenCalled();
  });

  it('is anybody’s before the reservation, and its execution’s from then on', async () => {
    const { deps, command, write } = await aPayout();
    const other = { ...command, execution: 'e2' };
    expect(await advancePayout(deps, other, () => null)).toMatchObject({ version: 1 });
    await write('reserved');
    await expect(advancePayout(deps, other, () => null)).rejects.toMatchObject({
      name: 'Superseded',
    });
  });

  it('is nobody’s while it is resumed, and then who takes it over', async () => {
    const { deps, command, write } = await aPayout();
    const executions = ['e1', 'e2', 'e3'].map((execution) => ({ ...command, execution }));
    const whoMay = async (how: typeof advancePayout) => {
      const answers = await Promise.allSettled(executions.map((one) => how(deps, one, () => null)));
      return answers.map(({ status }) => status === 'fulfilled');
    };
    await write('reserved');
    expect(await whoMay(advancePayout)).toEqual([true, false, false]);
    expect(await whoMay(claimPayout)).toEqual([true, false, false]);
    await write('resumed');
    expect(await whoMay(advancePayout)).toEqual([false, false, false]);
    expect(await whoMay(claimPayout)).toEqual([true, true, true]);
    await write('takenOver');
    expect(await whoMay(advancePayout)).toEqual([false, true, false]);
    expect(await whoMay(claimPayout)).toEqual([false, true, false]);
  });

  it('of a payout that is not in the store is a fault, not a refusal', async () => {
    const { deps, command } = await aPayout();
    const missing = advancePayout({ ...deps, load: async () => null }, command, reserved);
    await expect(missing).rejects.toThrow('is not in the store');
    await expect(missing).rejects.not.toBeInstanceOf(Refusal);
  });

  it('is decided anew, on what is there now and with a new stamp, when another came first', async () => {
    const { deps, command, write } = await aPayout();
    await write('reserved');
    const seen: [number, string][] = [];
    const after = await advancePayout(
      {
        ...deps,
        append: async (change) => {
          if (seen.length === 1) {
            await write('sending');
          }
          return deps.append(change);
        },
      },
      command,
      (payout, stamp) => {
        seen.push([payout.version, stamp.eventId]);
        return changePayout(payout, payoutFacts.sending, stamp);
      },
    );
    expect(seen.map(([version]) => version)).toEqual([2, 3]);
    expect(new Set(seen.map(([, eventId]) => eventId)).size).toBe(2);
    expect(after).toMatchObject({ version: 4, tries: 2 });
  });

  it('that takes more than is available is refused as that, and nothing is written', async () => {
    const { deps, command, load } = await aPayout({}, { availableMinor: 9_709 });
    await expect(advancePayout(deps, command, reserved)).rejects.toMatchObject({
      name: 'InsufficientFunds',
    });
    expect(await load()).toMatchObject({ version: 1 });
  });

  it('is a fault after five that came first, and no endless loop', async () => {
    const { deps, command } = await aPayout();
    const append = vi.fn(async () => 'conflict' as const);
    const beaten = advancePayout({ ...deps, append }, command, reserved);
    await expect(beaten).rejects.toThrow('changed by others 5 times');
    await expect(beaten).rejects.not.toBeInstanceOf(Refusal);
    expect(append).toHaveBeenCalledTimes(5);
  });

  it('is not tried again when the store fails: contention is a fault and no lack of funds', async () => {
    const { deps, command } = await aPayout();
    const append = vi.fn(() => Promise.reject(new Error('Contention')));
    const failed = advancePayout({ ...deps, append }, command, reserved);
    await expect(failed).rejects.toThrow('Contention');
    await expect(failed).rejects.not.toBeInstanceOf(Refusal);
    expect(append).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['paid', ['reserved', 'sending'], 'PayoutPaid'],
    ['cameBack', ['reserved', 'sending'], 'PayoutFailed'],
    ['failed', [], 'PayoutFailed'],
    ['unknown', ['reserved', 'sending'], 'OutcomeUnknown'],
    ['parked', ['reserved'], 'OutcomeParked'],
  ] as const)('is counted when it is %s, once', async (name, before, metric) => {
    const { deps, command, write } = await aPayout();
    await write(...before);
    const add = vi.spyOn(metrics, 'addMetric').mockReturnThis();
    await advancePayout(deps, command, (payout, stamp) =>
      changePayout(payout, payoutFacts[name], stamp),
    );
    await advancePayout(deps, command, () => null);
    expect(add.mock.calls.map(([counted]) => counted)).toEqual([metric]);
  });
});
