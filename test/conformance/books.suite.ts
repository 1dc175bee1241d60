import { expect, it } from 'vitest';
import { addCounters } from '../../shared/domain/ledger/book.ts';
import { captureTransfers, holdTransfer } from '../../shared/domain/ledger/postings.ts';
import { type Transfer, zeroCounters } from '../../shared/domain/ledger/transfer.ts';
import type { Books } from '../../shared/ports/ledger.ts';
import { aPayment, aTransfer, timeAt } from '../support/transfers.ts';

/** What every adapter of `Books` has to do. */
export function booksConform(books: () => Books): void {
  const fees = (tenant: string, ...sequences: readonly string[]) =>
    sequences.map((sequence) => ({ transfer: aTransfer({ tenant }, sequence), sequence }));
  const fold = (tenant: string, shardId: string, ...sequences: readonly string[]) =>
    books().fold({
      tenant,
      currency: 'EUR',
      shardId,
      transfers: fees(tenant, ...sequences),
    });
  const feesIn = async (tenant: string) => {
    const book = await books().read(tenant, 'EUR');
    return (book?.accounts.fee_revenue?.creditsPosted ?? 0) / 290;
  };

  it('are not there before the first transfer', async () => {
    expect(await books().read('nobody', 'EUR')).toBeNull();
    expect(await books().readAll('nobody')).toEqual([]);
  });

  it('show both sides of every transfer, and the time of the latest', async () => {
    const payment = aPayment({ tenant: 'sides' });
    const run = [
      holdTransfer(payment, timeAt(5)),
      ...captureTransfers(payment, timeAt(9)),
      holdTransfer(aPayment({ tenant: 'sides', key: '2', amount: 7 }), timeAt(3)),
    ];
    const transfers = run.map((transfer, index) => ({ transfer, sequence: String(index) }));
    const batch = { tenant: 'sides', currency: 'EUR', shardId: 's', transfers } as const;
    expect(await books().fold(batch)).toBe('folded');
    const book = {
      tenant: 'sides',
      currency: 'EUR',
      asOf: timeAt(9),
      accounts: {
        psp_receivable: { ...zeroCounters, debitsPending: 7, debitsPosted: 10_000 },
        merchant_payable: {
          ...zeroCounters,
          creditsPending: 7,
          creditsPosted: 10_000,
          debitsPosted: 290,
        },
        fee_revenue: { ...zeroCounters, creditsPosted: 290 },
      },
    };
    expect(await books().read('sides', 'EUR')).toEqual(book);
    expect(await books().readAll('sides')).toEqual([book]);
  });

  it('take a shard as far as it is new, whatever the cut', async () => {
    expect(await fold('cut', 's', '8', '9', '10')).toBe('folded');
    expect(await fold('cut', 's', '8', '9', '10')).toBe('already_folded');
    expect(await fold('cut', 's', '8', '9')).toBe('already_folded');
    expect(await fold('cut', 's', '9', '10', '11', '12')).toBe('folded');
    expect(await feesIn('cut')).toBe(5);
  });

  it('tell sequence numbers apart by all of their 40 digits', async () => {
    const first = `1${'0'.repeat(39)}`;
    const second = `${first.slice(0, -1)}1`;
    expect(await fold('digits', 's', '999', first)).toBe('folded');
    expect(await fold('digits', 's', first, second)).toBe('folded');
    expect(await feesIn('digits')).toBe(3);
  });

  it('keep shards apart, as of the latest of them', async () => {
    const early = aTransfer({ tenant: 'shards', time: timeAt(1) }, 'early');
    const late = aTransfer({ tenant: 'shards', time: timeAt(2) }, 'late');
    const batch = { tenant: 'shards', currency: 'EUR' } as const;
    const of = (transfer: Transfer) => [{ transfer, sequence: '7' }];
    await books().fold({ ...batch, shardId: 's1', transfers: of(late) });
    await books().fold({ ...batch, shardId: 's2', transfers: of(early) });
    expect(await feesIn('shards')).toBe(2);
    expect((await books().read('shards', 'EUR'))?.asOf).toBe(timeAt(2));
  });

  it('take each record once when overlapping runs of a shard meet', async () => {
    const runs = [
      ['1', '2', '3'],
      ['1', '2', '3', '4', '5', '6'],
      ['1', '2'],
      ['1', '2', '3', '4'],
      ['1'],
      ['1', '2', '3', '4', '5'],
    ];
    await Promise.all(runs.map((run) => fold('race', 's', ...run)));
    expect(await feesIn('race')).toBe(6);
  });

  it('list every currency of a tenant and none of another, by currency', async () => {
    for (const [currency, tenant] of [
      ['USD', 'many'],
      ['EUR', 'many'],
      ['JPY', 'many2'],
    ] as const) {
      const transfers = [{ transfer: aTransfer({ tenant, currency }), sequence: '1' }];
      await books().fold({ tenant, currency, shardId: 's', transfers });
    }
    const many = await books().readAll('many');
    expect(many.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
  });

  it('refuse a run out of order, and a transfer of another book, with no effect', async () => {
    await expect(fold('refused', 's', '2', '1')).rejects.toThrow(/out of order/);
    await expect(
      books().fold({
        tenant: 'refused',
        currency: 'EUR',
        shardId: 's',
        transfers: fees('stranger', '1'),
      }),
    ).rejects.toThrow(/another book/);
    expect(await books().read('refused', 'EUR')).toBeNull();
  });

  it('hold sums beyond the largest amount exactly', async () => {
    const large = 10 ** 12;
    const transfers = Array.from({ length: 100 }, (_, index) => ({
      transfer: aTransfer({ tenant: 'large', amountMinor: large - index }, String(index)),
      sequence: String(index),
    }));
    await books().fold({ tenant: 'large', currency: 'EUR', shardId: 's', transfers });
    const sum = transfers
      .map(({ transfer }) => ({ ...zeroCounters, creditsPosted: transfer.amountMinor }))
      .reduce(addCounters);
    const book = await books().read('large', 'EUR');
    expect(book?.accounts.fee_revenue).toEqual(sum);
  });
}
