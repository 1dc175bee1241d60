import { describe, expect, it, vi } from 'vitest';
import type { OrderInquiry, TransferOrder } from '../../../shared/ports/payouts/bank.ts';
import { aPayout, type PayoutFactName } from '../../../test/support/payouts.ts';
import { inquirePayout } from './inquire.ts';

const settleWindowMs = 60_000;
const schedule = { waitsMs: [1_000, 10_000, 100_000], settleWindowMs };
const early = 1;
const last = schedule.waitsMs.length - 1;

const accepted: OrderInquiry = { kind: 'accepted', bankReference: 'bt_1' };
const declined: OrderInquiry = { kind: 'declined', code: 'account_closed', message: 'Closed.' };
const notFound: OrderInquiry = { kind: 'not_found' };
const unavailable: OrderInquiry = { kind: 'unavailable', reason: 'no answer' };

/** A payout whose outcome is unknown, some time after, and a bank that answers so. */
async function anInquiry(
  answer: OrderInquiry | (() => Promise<OrderInquiry>),
  { afterMs = 2_000, names = ['reserved', 'sending', 'unknown'] as readonly PayoutFactName[] } = {},
) {
  const payout = await aPayout();
  const before = await payout.write(...names);
  const sinceMs = Date.parse(before.unknown?.since ?? before.created);
  const time = new Date(sinceMs + afterMs).toISOString();
  const asked: TransferOrder[] = [];
  const bank = {
    name: 'bank',
    inquire: async (order: TransferOrder) => {
      asked.push(order);
      return typeof answer === 'function' ? answer() : answer;
    },
  };
  const deps = { ...payout.deps, nextStamp: () => ({ ...payout.deps.nextStamp(), time }) };
  const inquire = (count: number, replaced = {}) =>
    inquirePayout({ ...deps, bank, schedule, ...replaced })({ payoutId: payout.id, asked: count });
  return {
    ...payout,
    before,
    asked,
    inquire,
    news: async () => (await payout.types()).slice(before.version),
  };
}

describe('an inquiry about a payout', () => {
  it('asks the bank for the order as it was sent', async () => {
    const { inquire, asked, id } = await anInquiry(accepted);
    await inquire(early);
    expect(asked).toEqual([
      {
        operationId: id,
        reference: id,
        amountMinor: 9_710,
        currency: 'EUR',
        destination: 'ba_approve',
      },
    ]);
  });

  it('finds the order at the bank, and leaves the rest to the bank’s notice', async () => {
    const { inquire, news, load, postings } = await anInquiry(accepted);
    await inquire(early);
    expect(await news()).toEqual(['sent']);
    expect(await load()).toMatchObject({
      status: 'in_transit',
      order: { provider: 'bank', reference: 'bt_1' },
      unknown: null,
    });
    expect(postings()).toEqual(['payout']);
  });

  it('finds that it was declined, and lets the saga give the amount back', async () => {
    const { inquire, news, load, postings } = await anInquiry(declined);
    await inquire(early);
    expect(await news()).toEqual(['declined', 'resumed']);
    expect(await load()).toMatchObject({
      status: 'processing',
      decline: { code: 'account_closed' },
      progress: { resumed: true },
    });
    expect(postings()).toEqual(['payout']);
  });

  it('takes it for a no that the bank knows nothing, once the order cannot arrive any more', async () => {
    const late = await anInquiry(notFound, { afterMs: settleWindowMs });
    await late.inquire(early);
    expect(await late.news()).toEqual(['declined', 'resumed']);
    expect(await late.load()).toMatchObject({ decline: { code: 'not_processed' } });
    const soon = await anInquiry(notFound, { afterMs: settleWindowMs - 1 });
    await expect(soon.inquire(early)).rejects.toMatchObject({ name: 'StillUnknown' });
    expect(await soon.load()).toEqual(soon.before);
  });

  it('is asked again while the bank does not answer, however late that is', async () => {
    const { inquire, load, before } = await anInquiry(unavailable, { afterMs: 10 ** 9 });
    for (let asked = 0; asked < last; asked++) {
      await expect(inquire(asked)).rejects.toMatchObject({
        name: 'StillUnknown',
        message: 'no answer',
      });
    }
    expect(await load()).toEqual(before);
  });

  it.each([
    ['unavailable', unavailable, 'asked 3 times: no answer'],
    ['not_found', notFound, 'asked 3 times: the bank has no record of the order yet'],
  ])(
    'leaves it to a person at the end of its schedule, once: %s',
    async (_name, answer, reason) => {
      const { inquire, news, load } = await anInquiry(answer);
      await inquire(last);
      await inquire(last);
      expect(await news()).toEqual(['parked']);
      expect(await load()).toMatchObject({ parked: { reason, resolution: null }, unknown: {} });
    },
  );

  it('still hears the bank when it is parked', async () => {
    const { inquire, news } = await anInquiry(accepted, {
      names: ['reserved', 'sending', 'unknown', 'parked'],
    });
    await inquire(last);
    expect(await news()).toEqual(['sent']);
  });

  it.each<[readonly PayoutFactName[]]>([
    [['reserved', 'sending', 'unknown', 'sent']],
    [['reserved', 'sending', 'unknown', 'declined']],
    [['reserved', 'sending', 'unknown', 'paid']],
    [['reserved', 'sending', 'unknown', 'cameBack']],
  ])('asks nothing when it is known meanwhile: %j', async (names) => {
    const { inquire, asked, news } = await anInquiry(accepted, { names });
    await inquire(last);
    expect([asked, await news()]).toEqual([[], []]);
  });

  it.each<[OrderInquiry, PayoutFactName]>([
    [accepted, 'declined'],
    [declined, 'paid'],
    [declined, 'sent'],
    [unavailable, 'sent'],
  ])('leaves it at what was learned while it asked: %j', async (answer, told) => {
    const inquiry = await anInquiry(async () => {
      await inquiry.write(told);
      return answer;
    });
    await inquiry.inquire(last);
    expect(await inquiry.news()).toEqual([told]);
  });

  it('records the outcome once when two ask at once, and begins the saga anew', async () => {
    const { inquire, news } = await anInquiry(declined);
    await Promise.all([inquire(early), inquire(early)]);
    expect(await news()).toEqual(['declined', 'resumed']);
  });

  it('leaves the saga to the sweeper when it dies between the outcome and that', async () => {
    const { inquire, deps, news, load } = await anInquiry(declined);
    const append = vi.fn(deps.append).mockImplementationOnce(deps.append);
    append.mockRejectedValueOnce(new Error('died'));
    await expect(inquire(early, { append })).rejects.toThrow('died');
    await inquire(early);
    expect(await news()).toEqual(['declined']);
    expect(await load()).toMatchObject({ unknown: null, progress: { resumed: false } });
  });

  it('is a fault at another bank than the order went to: its ignorance says nothing', async () => {
    const { inquire, asked } = await anInquiry(notFound, { afterMs: 10 ** 9 });
    const bank = { name: 'another', inquire: async () => notFound };
    const wrong = inquire(last, { bank });
    await expect(wrong).rejects.toThrow('the order went to bank');
    await expect(wrong).rejects.not.toMatchObject({ name: 'StillUnknown' });
    expect(asked).toEqual([]);
  });
});
