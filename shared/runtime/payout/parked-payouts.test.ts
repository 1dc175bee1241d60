import { describe, expect, it } from 'vitest';
import { aPayout, type PayoutFactName } from '../../../test/support/payouts.ts';
import type { PayoutWord } from '../../domain/payout/parked.ts';
import { resolveParkedPayout } from './parked-payouts.ts';

const said = { by: 'ada', reason: 'as the bank’s own site says' };
const tookEffect: PayoutWord = { ...said, outcome: 'took_effect', bankReference: 'bt_9' };
const noEffect: PayoutWord = { ...said, outcome: 'no_effect', bankReference: null };
const resume: PayoutWord = { ...said, outcome: 'resume', bankReference: null };

async function aParked(...names: readonly PayoutFactName[]) {
  const payout = await aPayout();
  await payout.write(...names);
  const before = (await payout.types()).length;
  return {
    ...payout,
    resolve: (word: PayoutWord) => resolveParkedPayout(payout.deps)(payout.id, word),
    news: async () => (await payout.types()).slice(before),
  };
}
const anUnknown = () => aParked('reserved', 'sending', 'unknown', 'parked');

describe('a person’s word on a parked payout', () => {
  it('that the order took effect leaves the payout in transit with it', async () => {
    const { resolve, load, news, postings } = await anUnknown();
    expect(await resolve(tookEffect)).toEqual(await load());
    expect(await load()).toMatchObject({
      status: 'in_transit',
      order: { provider: 'bank', reference: 'bt_9' },
      unknown: null,
      parked: null,
    });
    expect(await news()).toEqual(['outcome_resolved', 'sent']);
    expect(postings()).toEqual(['payout']);
  });

  it('that it had no effect lets the saga give the amount back', async () => {
    const { resolve, news, load, postings } = await anUnknown();
    expect(await resolve(noEffect)).toEqual(await load());
    expect(await load()).toMatchObject({
      status: 'processing',
      decline: { code: 'not_processed' },
      progress: { resumed: true },
      parked: null,
    });
    expect(await news()).toEqual(['outcome_resolved', 'declined', 'resumed']);
    expect(postings()).toEqual(['payout']);
  });

  it('that the saga is to go on begins it anew', async () => {
    const { resolve, news } = await aParked('reserved', 'sending', 'parked');
    expect(await resolve(resume)).toMatchObject({ parked: null, progress: { resumed: true } });
    expect(await news()).toEqual(['resumed']);
  });

  it.each([tookEffect, noEffect])('twice is once: $outcome', async (word) => {
    const { resolve, load, types } = await anUnknown();
    await resolve(word);
    const before = [await load(), await types()];
    expect(await resolve(word)).toEqual(before[0]);
    expect([await load(), await types()]).toEqual(before);
  });

  it('is made good by the same word again when it died halfway', async () => {
    const { id, deps, resolve, news } = await anUnknown();
    let written = 0;
    const dying = resolveParkedPayout({
      ...deps,
      append: (change) =>
        written++ === 0 ? deps.append(change) : Promise.reject(new Error('died')),
    });
    await expect(dying(id, noEffect)).rejects.toThrow('died');
    await expect(resolve(tookEffect)).rejects.toMatchObject({ code: 'resolved_otherwise' });
    await resolve(noEffect);
    expect(await news()).toEqual(['outcome_resolved', 'declined', 'resumed']);
  });

  it.each<[PayoutFactName, string, PayoutWord]>([
    ['paid', 'paid', noEffect],
    ['sent', 'in_transit', noEffect],
    ['declined', 'processing', tookEffect],
    ['cameBack', 'failed', tookEffect],
  ])('yields to the bank’s own, %s, that came between', async (told, status, word) => {
    const { id, deps, write, load } = await anUnknown();
    let written = 0;
    const resolve = resolveParkedPayout({
      ...deps,
      append: async (change) => {
        if (written++ === 1) {
          await write(told);
        }
        return deps.append(change);
      },
    });
    await expect(resolve(id, word)).rejects.toMatchObject({ code: 'resolved_otherwise' });
    expect(await load()).toMatchObject({ status, unknown: null, parked: null });
  });

  it('of a payout that there is not is refused', async () => {
    const { deps } = await anUnknown();
    const resolve = resolveParkedPayout({ ...deps, load: async () => null });
    await expect(resolve('nobody', resume)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that does not fit writes nothing', async () => {
    const { resolve, news } = await anUnknown();
    await expect(resolve(resume)).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(await news()).toEqual([]);
  });
});
