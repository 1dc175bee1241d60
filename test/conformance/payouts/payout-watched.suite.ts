import { expect, it } from 'vitest';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import { type PayoutDue, payoutDueOf } from '../../../shared/domain/payout/sweep.ts';
import {
  aRequestedPayout,
  madeAvailable,
  type PayoutFactName,
  payoutFacts,
} from '../../support/payouts.ts';
import { aTenant, nextStamp, type PayoutAdapter } from './adapter.ts';

const minuteMs = 60 * 1_000;
const dayMs = 24 * 60 * minuteMs;
let years = 2_000;

/** What every adapter has to do for sweepers, and for what waits for a person. */
export function watchedConforms(adapter: () => PayoutAdapter): void {
  /** Payouts of one tenant in a year that no other test has: the tests share their tables. */
  const aYear = (tenant = aTenant()) => {
    const { payouts, write } = adapter();
    years += 1;
    const year = years;
    let ms = Date.UTC(year);
    const stampOf = () => {
      ms += minuteMs;
      return { ...nextStamp(), time: new Date(ms).toISOString() };
    };
    let keys = 0;
    const change = async (payout: Payout, ...names: readonly PayoutFactName[]) => {
      let changed = payout;
      for (const name of names) {
        const next = changePayout(changed, payoutFacts[name], stampOf());
        expect(await payouts.append(next)).toBe('written');
        changed = next.after;
      }
      return changed;
    };
    return {
      tenant,
      payouts,
      change,
      end: new Date(Date.UTC(year) + 100 * dayMs).toISOString(),
      payoutAfter: async (...names: readonly PayoutFactName[]) => {
        keys += 1;
        const key = `${year}-${keys}`;
        await write([madeAvailable(9_710, { tenant, key })]);
        const first = aRequestedPayout(stampOf, {}, { tenant, key });
        await payouts.accept(first);
        return change(first.after, ...names);
      },
    };
  };
  const dueOf = (payout: Payout) => payoutDueOf(payout) as PayoutDue;

  it('lists what is due, by what for, from the moment on and the longest first', async () => {
    const { payouts, payoutAfter } = aYear();
    const made: Payout[] = [];
    for (let index = 0; index < 6; index++) {
      made.push(await payoutAfter('reserved'));
    }
    const unknown = await payoutAfter('reserved', 'sending', 'unknown');
    const last = dueOf(made.at(-1) as Payout).at;
    const before = new Date(Date.parse(last) - 1).toISOString();
    const ids = made.map(({ id }) => id);
    expect(await payouts.due('saga', before, 10)).toEqual(ids.slice(0, -1));
    expect(await payouts.due('saga', last, 10)).toEqual(ids);
    expect(await payouts.due('saga', last, 4)).toEqual(ids.slice(0, 4));
    expect(await payouts.due('inquiry', last, 10)).toEqual([]);
    expect(await payouts.due('inquiry', dueOf(unknown).at, 10)).toEqual([unknown.id]);
    // They are of the past: let them be none of the next test's.
    for (const payout of made) {
      await payouts.append(changePayout(payout, payoutFacts.parked, nextStamp()));
    }
    await payouts.append(changePayout(unknown, payoutFacts.sent, nextStamp()));
  });

  it('lists anew, or no more, what has changed', async () => {
    const { payouts, payoutAfter, change, end } = aYear();
    const stuck = await payoutAfter('reserved');
    const resumed = await change(stuck, 'resumed');
    expect(await payouts.due('saga', dueOf(stuck).at, 10)).toEqual([]);
    expect(await payouts.due('saga', dueOf(resumed).at, 10)).toEqual([stuck.id]);
    const unknown = await change(resumed, 'takenOver', 'sending', 'unknown');
    expect(await payouts.due('saga', end, 10)).toEqual([]);
    expect(await payouts.due('inquiry', end, 10)).toEqual([stuck.id]);
    await change(unknown, 'sent');
    expect(await payouts.due('inquiry', end, 10)).toEqual([]);
  });

  it('lists what waits for a person, the longest first, and no more when it does not', async () => {
    const { payouts, payoutAfter, change, tenant } = aYear();
    const stuck = await payoutAfter('reserved', 'parked');
    const unknown = await payoutAfter('reserved', 'sending', 'unknown', 'parked');
    await payoutAfter('reserved');
    const waiting = async () => (await payouts.parked({ tenant, limit: 10, after: null })).ids;
    expect(await waiting()).toEqual([stuck.id, unknown.id]);
    const said = await change(unknown, 'tookEffect');
    await change(stuck, 'resumed');
    expect(await waiting()).toEqual([unknown.id]);
    await change(said, 'sent');
    expect(await waiting()).toEqual([]);
  });

  it.each([1, 2, 3, 5])('gives what waits %i at a time, each once', async (limit) => {
    const { payouts, payoutAfter, tenant } = aYear();
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) {
      ids.push((await payoutAfter('reserved', 'parked')).id);
      // Between them, what is another tenant's.
      await aYear(`${tenant}-other`).payoutAfter('reserved', 'parked');
    }
    const pagesOf = async (asked: string | null) => {
      const pages: (readonly string[])[] = [];
      let after: string | null = null;
      do {
        const page = await payouts.parked({ tenant: asked, limit, after });
        pages.push(page.ids);
        after = page.next;
      } while (after !== null);
      return pages;
    };
    const own = await pagesOf(tenant);
    expect(own.flat()).toEqual(ids);
    expect(own).toHaveLength(Math.ceil(5 / limit));
    const everybody = (await pagesOf(null)).flat();
    expect(new Set(everybody).size).toBe(everybody.length);
    expect(everybody.filter((id) => ids.includes(id))).toEqual(ids);
    expect(everybody.length).toBeGreaterThanOrEqual(10);
  });
}
