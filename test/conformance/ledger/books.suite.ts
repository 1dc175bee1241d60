import { expect, it } from 'vitest';
import { verifyChain } from '../../../shared/domain/ledger/chain.ts';
import { type Transfer, zeroCounters } from '../../../shared/domain/ledger/transfer.ts';
import type { Books, LedgerAudit } from '../../../shared/ports/ledger.ts';
import { all } from '../../support/ledger/ledgers.ts';
import { aCapture, aHold, aTransfer, timeAt } from '../../support/ledger/transfers.ts';

/** What every adapter of `Books` has to do, and of what an auditor reads of them. */
export function booksConform(
  ledger: () => { readonly books: Books; readonly audit: LedgerAudit },
): void {
  const books = () => ledger().books;
  const audit = () => ledger().audit;
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
    return Number(book?.accounts.fee_revenue?.creditsPosted ?? 0n) / 290;
  };

  it('are not there before the first transfer', async () => {
    expect(await books().read('nobody', 'EUR')).toBeNull();
    expect(await books().readAll('nobody')).toEqual([]);
  });

  it('show both sides of every transfer, and the time of the latest', async () => {
    const run = [
      ...aCapture({ tenant: 'sides', time: timeAt(9) }),
      aHold({ tenant: 'sides', amountMinor: 7, time: timeAt(3) }, '2'),
    ];
    const transfers = run.map((transfer, index) => ({ transfer, sequence: String(index) }));
    const batch = { tenant: 'sides', currency: 'EUR', shardId: 's', transfers } as const;
    expect(await books().fold(batch)).toBe('folded');
    const book = {
      tenant: 'sides',
      currency: 'EUR',
      asOf: timeAt(9),
      chain: { length: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      accounts: {
        psp_receivable: { ...zeroCounters, debitsPending: 7n, debitsPosted: 10_000n },
        merchant_payable: {
          ...zeroCounters,
          creditsPending: 7n,
          creditsPosted: 10_000n,
          debitsPosted: 290n,
        },
        fee_revenue: { ...zeroCounters, creditsPosted: 290n },
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

  it('hold sums beyond 2^53 exactly, of the balances and of the days', async () => {
    // 9,008 payments of the largest amount are more than 2^53; the last one makes it odd.
    const amounts = [...Array.from({ length: 9_008 }, () => 10 ** 12), 1];
    const transfers = amounts.map((amountMinor, index) => ({
      transfer: aTransfer({ tenant: 'large', amountMinor }, `large ${index}`),
      sequence: String(index),
    }));
    for (let at = 0; at < transfers.length; at += 1_000) {
      const batch = transfers.slice(at, at + 1_000);
      await books().fold({ tenant: 'large', currency: 'EUR', shardId: 's', transfers: batch });
    }
    const sum = { ...zeroCounters, creditsPosted: 9_008_000_000_000_001n };
    const book = await books().read('large', 'EUR');
    expect(book?.accounts.fee_revenue).toEqual(sum);
    const [day] = await all(books().days('large', 'EUR', '2026-01-01'));
    expect(day?.accounts.fee_revenue).toEqual(sum);
  });

  it('keep what each day adds, by the time of the transfers, in order', async () => {
    const dayMs = 24 * 60 * 60 * 1_000;
    const times = [2 * dayMs, 2 * dayMs - 1, 0, dayMs];
    for (const [index, time] of times.entries()) {
      const transfer = aTransfer({ tenant: 'days', time: timeAt(time) }, `days ${index}`);
      const transfers = [{ transfer, sequence: String(index) }];
      await books().fold({ tenant: 'days', currency: 'EUR', shardId: 's', transfers });
    }
    const fees = async (last: string) =>
      (await all(books().days('days', 'EUR', last))).map(({ day, accounts }) => [
        day,
        accounts.fee_revenue?.creditsPosted,
      ]);
    expect(await fees('2026-01-02')).toEqual([
      ['2026-01-01', 290n],
      ['2026-01-02', 580n],
    ]);
    expect(await fees('2025-12-31')).toEqual([]);
    expect(await all(audit().days('days', 'EUR'))).toHaveLength(3);
    expect(await all(audit().days('days', 'USD'))).toEqual([]);
  });

  it('link each batch to the one before it, across shards', async () => {
    await fold('chain', 's1', '1', '2');
    await fold('chain', 's2', '7');
    await fold('chain', 's1', '1', '2', '3');
    const links = await all(audit().chain('chain', 'EUR'));
    const ids = (...sequences: readonly string[]) =>
      fees('chain', ...sequences).map(({ transfer }) => transfer.id);
    const position = (digit: string) => digit.padStart(40, '0');
    expect(
      links.map(({ hash: _hash, previousHash: _previous, transfers, ...link }) => ({
        ...link,
        ids: transfers.map(({ id }) => id),
      })),
    ).toEqual([
      {
        number: 1,
        shardId: 's1',
        firstPosition: position('1'),
        lastPosition: position('2'),
        ids: ids('1', '2'),
      },
      {
        number: 2,
        shardId: 's2',
        firstPosition: position('7'),
        lastPosition: position('7'),
        ids: ids('7'),
      },
      {
        number: 3,
        shardId: 's1',
        firstPosition: position('3'),
        lastPosition: position('3'),
        ids: ids('3'),
      },
    ]);
    const byId = new Map(
      fees('chain', '1', '2', '3', '7').map(({ transfer }) => [transfer.id, transfer]),
    );
    const head = (await books().read('chain', 'EUR'))?.chain;
    expect(head).toEqual({ length: 3, hash: links[2]?.hash });
    expect(verifyChain(links, (id) => byId.get(id), head as NonNullable<typeof head>)).toEqual([]);
  });

  it('have one chain when many shards fold at once, and lose none', async () => {
    const shardIds = ['s1', 's2', 's3', 's4', 's5'];
    await Promise.all(
      shardIds.map(async (shardId, shard) => {
        for (let batch = 0; batch < 4; batch++) {
          const sequences = [1, 2].map((digit) => String(100 * shard + 10 * batch + digit));
          expect(await fold('at_once', shardId, ...sequences)).toBe('folded');
        }
      }),
    );
    expect(await feesIn('at_once')).toBe(40);
    const links = await all(audit().chain('at_once', 'EUR'));
    expect(links.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(new Set(links.flatMap(({ transfers }) => transfers.map(({ id }) => id))).size).toBe(40);
  });
}
