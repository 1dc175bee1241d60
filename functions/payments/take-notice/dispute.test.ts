import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { metrics } from '../../../shared/runtime/observability.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAccepted } from '../../../test/support/payments/reserved.ts';
import { type DisputeNotice, newsOf, takeDispute } from './dispute.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function aNotice(
  type: DisputeNotice['type'],
  reference: string,
  data: Partial<DisputeNotice['data']> = {},
): DisputeNotice {
  return {
    id: `notice-${type}`,
    provider: 'psp',
    time: timeAt(1_000),
    type,
    data: {
      dispute_id: 'dp_1',
      reference,
      provider_reference: 'ch_1',
      amount: 10_000,
      fee: 1_500,
      currency: 'EUR',
      reason: 'fraudulent',
      ...data,
    },
  };
}

async function aCaptured() {
  const payment = await anAccepted();
  await payment.write(facts.reserved, facts.captured);
  const take = takeDispute(payment.deps);
  return {
    ...payment,
    take: (type: DisputeNotice['type'], data: Partial<DisputeNotice['data']> = {}) =>
      take(aNotice(type, payment.id, data)),
    disputes: async () =>
      (await payment.load()).disputes.map(({ id, status }) => `${id} ${status}`),
    postings: () =>
      payment.store.transfers
        .filter(({ posting }) => posting.startsWith('chargeback'))
        .map(({ posting, debitAccount, creditAccount, amountMinor }) => [
          posting,
          debitAccount,
          creditAccount,
          amountMinor,
        ]),
  };
}

const chargeback = ['chargeback', 'merchant_payable', 'psp_receivable', 11_500];
const reversed = ['chargeback_reversed', 'psp_receivable', 'merchant_payable', 10_000];

describe('a notice of a dispute', () => {
  it('opens it, with the posting of the amount and the fee', async () => {
    const { take, load, disputes, postings } = await aCaptured();
    await take('dispute.opened');
    expect(await disputes()).toEqual(['dp_1 opened']);
    expect(await load()).toMatchObject({
      status: 'captured',
      disputes: [{ provider: 'psp', amountMinor: 10_000, feeMinor: 1_500, reason: 'fraudulent' }],
    });
    expect(postings()).toEqual([chargeback]);
  });

  it('that names the charge alone is of the payment that its PSP says', async () => {
    const { deps, id, load } = await aCaptured();
    const asked: string[][] = [];
    const take = takeDispute({
      ...deps,
      referenceOf: async (...charge) => {
        asked.push(charge);
        return id;
      },
    });
    await take(aNotice('dispute.opened', id));
    expect(asked).toEqual([]);
    await take(aNotice('dispute.won', id, { reference: null }));
    expect(asked).toEqual([['psp', 'ch_1']]);
    expect((await load()).disputes).toMatchObject([{ status: 'won' }]);
  });

  it.each([
    ['of none', async () => null],
    ['by nobody', undefined],
  ])('that names the charge alone is for a person when that is known %s', async (_name, ask) => {
    const { deps, id } = await aCaptured();
    const take = takeDispute({ ...deps, ...(ask && { referenceOf: ask }) });
    await expect(take(aNotice('dispute.opened', id, { reference: null }))).rejects.toThrow(Poison);
  });

  it('is received again when the PSP does not say of which payment its charge is', async () => {
    const { deps, id } = await aCaptured();
    const fault = new Error('no answer');
    const take = takeDispute({ ...deps, referenceOf: () => Promise.reject(fault) });
    await expect(take(aNotice('dispute.opened', id, { reference: null }))).rejects.toBe(fault);
  });

  it('that is won brings the amount back, and not the fee; one that is lost nothing', async () => {
    const won = await aCaptured();
    await won.take('dispute.opened');
    await won.take('dispute.won');
    expect(await won.disputes()).toEqual(['dp_1 won']);
    expect(won.postings()).toEqual([chargeback, reversed]);
    const lost = await aCaptured();
    await lost.take('dispute.opened');
    await lost.take('dispute.lost');
    expect(await lost.disputes()).toEqual(['dp_1 lost']);
    expect(lost.postings()).toEqual([chargeback]);
  });

  it('leads to the same state in whatever order and however often it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('dispute.won' as const, 'dispute.lost' as const),
        fc.array(fc.boolean(), { maxLength: 6 }),
        async (end, more) => {
          const { take, disputes, postings, types } = await aCaptured();
          for (const isEnd of [...more, true, ...more]) {
            await take(isEnd ? end : 'dispute.opened');
          }
          expect(await disputes()).toEqual([end === 'dispute.won' ? 'dp_1 won' : 'dp_1 lost']);
          expect(postings()).toEqual(end === 'dispute.won' ? [chargeback, reversed] : [chargeback]);
          expect((await types()).filter((type) => type.startsWith('dispute'))).toHaveLength(2);
        },
      ),
    );
  });

  it('counts each dispute once', async () => {
    const { take } = await aCaptured();
    const add = vi.spyOn(metrics, 'addMetric').mockReturnThis();
    await take('dispute.won');
    await take('dispute.opened');
    await take('dispute.opened', { dispute_id: 'dp_2', amount: 1 });
    expect(add.mock.calls.map(([name]) => name)).toEqual(['DisputeOpened', 'DisputeOpened']);
  });

  it('keeps two disputes of one payment apart', async () => {
    const { take, disputes, postings } = await aCaptured();
    await take('dispute.opened', { amount: 4_000 });
    await take('dispute.lost', { dispute_id: 'dp_2', amount: 6_000, fee: 0 });
    expect(await disputes()).toEqual(['dp_1 opened', 'dp_2 lost']);
    expect(postings().map(([, , , amountMinor]) => amountMinor)).toEqual([5_500, 6_000]);
  });

  it.each<[string, DisputeNotice['type'], Partial<DisputeNotice['data']>, RegExp]>([
    ['that nobody has', 'dispute.opened', { reference: '0'.repeat(8) }, /no payment/],
    ['in another currency', 'dispute.opened', { currency: 'USD' }, /another currency/],
    ['of another charge', 'dispute.opened', { provider_reference: 'ch_2' }, /another charge/],
    ['of more than was captured', 'dispute.opened', { amount: 10_001 }, /more than was captured/],
  ])('of a payment %s is for a person, at once', async (_name, type, data, reason) => {
    const { take, disputes, postings } = await aCaptured();
    const refused = take(type, data);
    await expect(refused).rejects.toBeInstanceOf(Poison);
    await expect(refused).rejects.toThrow(reason);
    expect([await disputes(), postings()]).toEqual([[], []]);
  });

  it('told by another PSP than has the charge is for a person', async () => {
    const { load, id } = await aCaptured();
    const notice = { ...aNotice('dispute.opened', id), provider: 'another' };
    const payment = await load();
    expect(() => newsOf(payment, notice)).toThrow(/another PSP/);
  });

  it('that contradicts what is on record is for a person, and posts nothing', async () => {
    const { take, postings } = await aCaptured();
    await take('dispute.opened');
    for (const data of [{ amount: 9_999 }, { fee: 0 }]) {
      await expect(take('dispute.won', data)).rejects.toThrow('another amount or fee');
    }
    await take('dispute.lost');
    const contradicting = take('dispute.won');
    await expect(contradicting).rejects.toBeInstanceOf(Poison);
    await expect(contradicting).rejects.toThrow('was lost, and now it is won');
    expect(postings()).toEqual([chargeback]);
  });

  it('that is here before the capture is on record comes again, and is no poison', async () => {
    const { deps, id, write, load } = await anAccepted();
    await write(facts.reserved);
    const take = () => takeDispute(deps)(aNotice('dispute.opened', id));
    await expect(take()).rejects.toThrow('more than was captured until now');
    await expect(take()).rejects.not.toBeInstanceOf(Poison);
    await write(facts.captured);
    await take();
    expect((await load()).disputes).toHaveLength(1);
  });

  it('is decided anew when another writer came first', async () => {
    const { deps, id, load } = await aCaptured();
    let raced = false;
    const take = takeDispute({
      ...deps,
      append: async (change) => {
        if (!raced) {
          raced = true;
          await takeDispute(deps)(aNotice('dispute.lost', id));
        }
        return deps.append(change);
      },
    });
    await take(aNotice('dispute.opened', id));
    expect((await load()).disputes).toMatchObject([{ status: 'lost' }]);
  });

  it('is a fault when others come first each time, and no endless loop', async () => {
    const { deps, id } = await aCaptured();
    const append = vi.fn(async () => 'conflict' as const);
    const beaten = takeDispute({ ...deps, append })(aNotice('dispute.opened', id));
    await expect(beaten).rejects.toThrow('changed by others');
    await expect(beaten).rejects.not.toBeInstanceOf(Poison);
    expect(append).toHaveBeenCalledTimes(7);
  });
});
