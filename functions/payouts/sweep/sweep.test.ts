import { describe, expect, it, vi } from 'vitest';
import { memoryLedger } from '../../../shared/adapters/memory/ledger.ts';
import { memoryPayoutStore } from '../../../shared/adapters/memory/payments/payout-store.ts';
import { changePayout, payoutId } from '../../../shared/domain/payout/change.ts';
import type { PayoutStore } from '../../../shared/ports/payouts/payouts.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { countingStamps } from '../../../test/support/payments/payments.ts';
import {
  aPayoutRequest,
  aRequestedPayout,
  madeAvailable,
  type PayoutFactName,
  payoutFacts,
} from '../../../test/support/payouts.ts';
import { sweepPayouts } from './sweep.ts';

const minuteMs = 60 * 1_000;
const start = Date.UTC(2026, 0, 1);
const terms = { stuckAfterMs: 5 * minuteMs };
const nothing = { resumed: 0, parked: 0, skipped: 0, contended: 0, failed: 0 };
const unknown = ['reserved', 'sending', 'unknown'] as const;

/** A store with so many payouts after some facts, and a sweeper whose clock stands at a minute. */
async function payoutsAfter(
  names: readonly PayoutFactName[],
  { count = 1, replaced = (_store: PayoutStore): Partial<PayoutStore> => ({}) } = {},
) {
  const ledger = memoryLedger();
  ledger.write([madeAvailable(count * aPayoutRequest.amount)]);
  const store = memoryPayoutStore(ledger);
  const nextStamp = countingStamps();
  const keys = Array.from({ length: count }, (_, index) => `key-${index}`);
  const ids = keys.map((key) => payoutId('acme', key));
  const write = async (id: string, ...facts: readonly PayoutFactName[]) => {
    for (const name of facts) {
      const payout = await store.load(id);
      if (payout) {
        await store.append(changePayout(payout, payoutFacts[name], nextStamp()));
      }
    }
  };
  for (const [index, id] of ids.entries()) {
    await store.accept(aRequestedPayout(nextStamp, {}, { key: keys[index] ?? '' }));
    await write(id, ...names);
  }
  const sweepAt = (minute: number) =>
    sweepPayouts({
      ...store,
      ...replaced(store),
      terms,
      nextStamp: () => ({
        ...nextStamp(),
        time: new Date(start + minute * minuteMs).toISOString(),
      }),
    })();
  const news = async (id = ids[0] ?? '') =>
    (await store.events(id)).slice(1 + names.length).map(({ type }) => type.replace('payout.', ''));
  return { store, ids, write, sweepAt, news, first: ids[0] ?? '' };
}

describe('the sweeper of payouts', () => {
  it('begins each saga anew that is stuck, once its time is over', async () => {
    const { sweepAt, ids, news } = await payoutsAfter(['reserved', 'sending'], { count: 25 });
    expect(await sweepAt(0.5)).toEqual(nothing);
    expect(await sweepAt(4)).toEqual({ ...nothing, skipped: 25 });
    expect(await sweepAt(6)).toEqual({ ...nothing, resumed: 25 });
    for (const id of ids) {
      expect(await news(id)).toEqual(['resumed']);
    }
  });

  it('does so once, however often it runs', async () => {
    const { sweepAt, news } = await payoutsAfter(['reserved']);
    await Promise.all([sweepAt(6), sweepAt(6)]);
    expect(await sweepAt(7)).toEqual({ ...nothing, skipped: 1 });
    expect(await news()).toEqual(['resumed']);
  });

  it('does so three times, and then leaves it to a person, and to nobody else', async () => {
    const { sweepAt, news, store } = await payoutsAfter(['reserved']);
    for (const minute of [10, 20, 30, 40, 50]) {
      await sweepAt(minute);
    }
    expect(await news()).toEqual(['resumed', 'resumed', 'resumed', 'parked']);
    expect(await sweepAt(10_000)).toEqual(nothing);
    const { ids } = await store.parked({ tenant: null, limit: 10, after: null });
    expect(ids).toHaveLength(1);
  });

  it('parks what is unknown after every inquiry has ended, and never begins it anew', async () => {
    const { sweepAt, news, store, first } = await payoutsAfter(unknown);
    expect(await sweepAt(24 * 60)).toEqual(nothing);
    expect(await sweepAt(25 * 60 + 1)).toEqual({ ...nothing, parked: 1 });
    expect(await sweepAt(26 * 60)).toEqual(nothing);
    expect(await news()).toEqual(['parked']);
    expect(await store.load(first)).toMatchObject({ reservation: 'held', unknown: {} });
  });

  it.each<[readonly PayoutFactName[]]>([
    [['reserved', 'sending', 'sent']],
    [['reserved', 'sending', 'paid']],
    [['failed']],
    [['reserved', 'parked']],
    [[...unknown, 'parked']],
  ])('leaves alone what is %j', async (names) => {
    const { sweepAt, news } = await payoutsAfter(names);
    expect(await sweepAt(100_000)).toEqual(nothing);
    expect(await news()).toEqual([]);
  });

  it('looks at 200 payouts a run, the longest due first', async () => {
    const { sweepAt, news, ids } = await payoutsAfter([], { count: 205 });
    expect(await sweepAt(10)).toMatchObject({ resumed: 200 });
    expect(await news(ids.at(-1))).toEqual([]);
    expect(await sweepAt(10)).toMatchObject({ resumed: 5 });
  });

  it('is not misled by a list that is a moment behind', async () => {
    const { sweepAt, write, news, first } = await payoutsAfter(['reserved', 'sending'], {
      replaced: () => ({
        due: async (kind) => (kind === 'saga' ? [payoutId('acme', 'key-0')] : []),
      }),
    });
    await write(first, 'sent');
    expect(await sweepAt(10)).toEqual({ ...nothing, skipped: 1 });
    expect(await news()).toEqual(['sent']);
  });

  it('decides anew when another writer comes first, and leaves it to the next run after three', async () => {
    const append = vi.fn(async () => 'conflict' as const);
    const beaten = await payoutsAfter(['reserved'], { replaced: () => ({ append }) });
    expect(await beaten.sweepAt(6)).toEqual({ ...nothing, contended: 1 });
    expect(append).toHaveBeenCalledTimes(3);
    const raced = await payoutsAfter(['reserved', 'sending'], {
      replaced: (store) => ({
        append: async (change) => {
          await raced.write(raced.first, 'sent');
          return store.append(change);
        },
      }),
    });
    expect(await raced.sweepAt(6)).toEqual({ ...nothing, skipped: 1 });
    expect(await raced.news()).toEqual(['sent']);
  });

  describe('with logs', () => {
    const logs = recordLogs();

    it('does not stop at one that fails, says which, and fails at the end', async () => {
      const bad = payoutId('acme', 'key-1');
      const { sweepAt, ids, news } = await payoutsAfter(['reserved'], {
        count: 3,
        replaced: (store) => ({
          load: async (id) =>
            id === bad ? Promise.reject(new Error('throttled')) : store.load(id),
        }),
      });
      await expect(sweepAt(6)).rejects.toThrow('1 payouts could not be seen to');
      expect(await Promise.all(ids.map(news))).toEqual([['resumed'], [], ['resumed']]);
      expect(logs.lines()).toMatchObject([
        { level: 'ERROR', payout_id: bad, error: { message: 'throttled' } },
        { message: 'payouts swept', ...nothing, resumed: 2, failed: 1 },
      ]);
    });
  });
});
