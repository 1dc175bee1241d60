import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { aPayout, aPayoutNotice, type PayoutFactName } from '../../../test/support/payouts.ts';
import { takePayout } from './payout.ts';

async function aSent(...names: readonly PayoutFactName[]) {
  const payout = await aPayout();
  await payout.write(...names);
  const take = takePayout(payout.deps);
  return {
    ...payout,
    take: (type: 'payout.paid' | 'payout.failed', data = {}) =>
      take(aPayoutNotice(type, payout.id, data)),
  };
}

describe('a notice of a payout', () => {
  it('that arrived pays it out of the bank, and is the cause', async () => {
    const { take, load, store, id, postings, availableMinor } = await aSent(
      'reserved',
      'sending',
      'sent',
    );
    await take('payout.paid');
    expect(await load()).toMatchObject({ status: 'paid' });
    expect(postings()).toEqual(['payout', 'payout_paid']);
    expect(await availableMinor()).toBe(0n);
    expect((await store.events(id)).at(-1)?.causation_id).toBe('notice-payout.paid');
  });

  it('that came back makes it available again, with the bank’s reason', async () => {
    const { take, load, postings, availableMinor } = await aSent('reserved', 'sending', 'sent');
    await take('payout.failed');
    expect(await load()).toMatchObject({
      status: 'failed',
      failure: { code: 'account_closed' },
    });
    expect(postings()).toEqual(['payout', 'payout_returned']);
    expect(await availableMinor()).toBe(9_710n);
  });

  it('leads to the same end however early and however often it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('payout.paid' as const, 'payout.failed' as const),
        fc.constantFrom<PayoutFactName[]>([], ['busy'], ['busy', 'sending'], ['unknown'], ['sent']),
        fc.integer({ min: 1, max: 3 }),
        async (type, before, times) => {
          const { take, load, postings } = await aSent('reserved', 'sending', ...before);
          for (let time = 0; time < times; time++) {
            await take(type);
          }
          const { status, order } = await load();
          expect(status).toBe(type === 'payout.paid' ? 'paid' : 'failed');
          expect(order).toEqual({ provider: 'bank', reference: 'bt_1' });
          expect(postings()).toEqual([
            'payout',
            type === 'payout.paid' ? 'payout_paid' : 'payout_returned',
          ]);
        },
      ),
    );
  });

  it('that contradicts the end is for a person, and posts nothing', async () => {
    for (const [end, other] of [
      ['payout.paid', 'payout.failed'],
      ['payout.failed', 'payout.paid'],
    ] as const) {
      const { take, load, postings } = await aSent('reserved', 'sending', 'sent');
      await take(end);
      const [before, posted] = [await load(), postings()];
      await expect(take(other)).rejects.toBeInstanceOf(Poison);
      expect([await load(), postings()]).toEqual([before, posted]);
    }
  });

  it('of no payout, or of one that was never sent, is for a person', async () => {
    const { take, load } = await aSent('reserved');
    const reference = '01900000-0000-8000-8000-000000000000';
    await expect(take('payout.paid', { reference })).rejects.toThrow('no payout');
    await expect(take('payout.paid')).rejects.toThrow('ever sent');
    await expect(take('payout.paid')).rejects.toBeInstanceOf(Poison);
    expect(await load()).toMatchObject({ version: 2 });
  });

  it('is decided anew when the saga came first', async () => {
    const { deps, id, write, load } = await aSent('reserved', 'sending');
    let raced = false;
    const take = takePayout({
      ...deps,
      append: async (change) => {
        if (!raced) {
          raced = true;
          await write('sent');
        }
        return deps.append(change);
      },
    });
    await take(aPayoutNotice('payout.paid', id));
    expect(await load()).toMatchObject({ status: 'paid', version: 5 });
  });
});
