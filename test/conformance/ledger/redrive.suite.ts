import { expect, it } from 'vitest';
import { foldBalances } from '../../../functions/ledger/fold-balances/fold-balances.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Books, LedgerAudit, StreamedTransfer } from '../../../shared/ports/ledger.ts';
import { checkFolded } from '../../support/ledger/folded-books.ts';
import { all } from '../../support/ledger/ledgers.ts';
import { aTransfer, timeAt } from '../../support/ledger/transfers.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** What every adapter of `Books` has to do with a range of the stream that was given up. */
export function redrivesConform(
  ledger: () => { readonly books: Books; readonly audit: LedgerAudit },
): void {
  /** The fee of a sequence number, on another day than that of the number before it. */
  const record = (tenant: string, sequence: string, currency: Currency = 'EUR') => {
    const time = timeAt((Number(sequence) % 2) * dayMs);
    return { transfer: aTransfer({ tenant, currency, time }, `${tenant} ${sequence}`), sequence };
  };
  const batch = (tenant: string, sequences: readonly string[], shardId: string) => ({
    tenant,
    currency: 'EUR' as const,
    shardId,
    transfers: sequences.map((sequence) => record(tenant, sequence)),
  });
  const fold = (tenant: string, sequences: readonly string[], shardId = 's') =>
    ledger().books.fold(batch(tenant, sequences, shardId));
  const redrive = (tenant: string, sequences: readonly string[], shardId = 's') =>
    ledger().books.foldRedriven(batch(tenant, sequences, shardId));

  /** Balances, days and chain are those of exactly these transfers. */
  const expectFolded = (tenant: string, transfers: readonly Transfer[]) =>
    checkFolded(ledger(), transfers, { tenants: [tenant], currencies: ['EUR', 'JPY'] }, null);
  const expectSequences = (tenant: string, ...sequences: readonly string[]) =>
    expectFolded(
      tenant,
      sequences.map((sequence) => record(tenant, sequence).transfer),
    );

  it('is in the books once it is redriven, though later batches are folded', async () => {
    await fold('overtaken', ['1', '2']);
    await fold('overtaken', ['5', '6']);
    await fold('overtaken', ['3', '4']);
    await expectSequences('overtaken', '1', '2', '5', '6');
    expect(await redrive('overtaken', ['3', '4'])).toBe('folded');
    await expectSequences('overtaken', '1', '2', '3', '4', '5', '6');
  });

  it('is folded once, however often it is redriven, and however it is cut', async () => {
    await fold('again', ['9']);
    expect(await redrive('again', ['3', '4'])).toBe('folded');
    expect(await redrive('again', ['3', '4'])).toBe('already_folded');
    expect(await redrive('again', ['4'])).toBe('already_folded');
    expect(await redrive('again', ['2', '3', '4', '5', '9'])).toBe('folded');
    await expectSequences('again', '2', '3', '4', '5', '9');
  });

  it('is folded as far as its book does not have it', async () => {
    await fold('partly', ['3', '4']);
    await fold('partly', ['6']);
    expect(await redrive('partly', ['3', '4', '5', '6', '7'])).toBe('folded');
    await expectSequences('partly', '3', '4', '5', '6', '7');
    const links = await all(ledger().audit.chain('partly', 'EUR'));
    expect(links.map(({ transfers }) => transfers.length)).toEqual([2, 1, 2]);
  });

  it('is folded into the books that do not have it, of those that it is of', async () => {
    const streamed: StreamedTransfer[] = [
      record('books', '1'),
      record('books', '2', 'JPY'),
      record('books', '3'),
      record('books', '4', 'JPY'),
    ];
    const records = streamed.map(({ sequence, transfer }) => ({
      sequence,
      transfer: () => transfer,
    }));
    const euros = foldBalances(async (ofBook) => {
      if (ofBook.currency === 'JPY') {
        throw new Error('throttled');
      }
      return ledger().books.fold(ofBook);
    });
    expect(await euros(records, 's')).toMatchObject({ folded: 2, failed: { index: 1 } });
    const again = await foldBalances(ledger().books.foldRedriven)(records, 's');
    expect(again).toEqual({ folded: 2, failed: null });
    await expectFolded(
      'books',
      streamed.map(({ transfer }) => transfer),
    );
  });

  it('is folded once when redrives of it meet', async () => {
    await fold('meeting', ['1', '9']);
    const answers = await Promise.all([
      redrive('meeting', ['3', '4', '5']),
      redrive('meeting', ['3', '4', '5']),
      redrive('meeting', ['4', '5', '6']),
      redrive('meeting', ['2', '3']),
    ]);
    expect(answers).toContain('folded');
    await expectSequences('meeting', '1', '2', '3', '4', '5', '6', '9');
  });

  it('is folded once when a redrive meets the try that was given up, and the next batch', async () => {
    await fold('mixed', ['1', '2']);
    await Promise.all([
      redrive('mixed', ['3', '4']),
      fold('mixed', ['3', '4']),
      fold('mixed', ['5', '6']),
      redrive('mixed', ['3', '4']),
      fold('mixed', ['5', '6', '7']),
    ]);
    // Whichever came first, 5 to 7 come from the stream, and 3 and 4 are redriven at the latest now.
    await redrive('mixed', ['3', '4']);
    await expectSequences('mixed', '1', '2', '3', '4', '5', '6', '7');
  });

  it('does not come again from the stream, should the stream be read from its start', async () => {
    expect(await redrive('replayed', ['3', '4'])).toBe('folded');
    expect(await fold('replayed', ['3', '4'])).toBe('already_folded');
    expect(await fold('replayed', ['4', '5'])).toBe('folded');
    await expectSequences('replayed', '3', '4', '5');
  });

  it('takes nothing back of what the stream has brought since', async () => {
    await fold('since', ['7', '8']);
    await redrive('since', ['3', '4']);
    expect(await fold('since', ['7', '8'])).toBe('already_folded');
    await expectSequences('since', '3', '4', '7', '8');
    expect((await ledger().books.read('since', 'EUR'))?.asOf).toBe(timeAt(dayMs));
  });

  it('is told apart from the same positions of other shards', async () => {
    for (const [shardId, own] of [
      ['s1', ['1', '2']],
      ['s2', ['11', '12']],
    ] as const) {
      await fold('shards2', own, shardId);
    }
    expect(await redrive('shards2', ['3', '4'], 's3')).toBe('folded');
    expect(await redrive('shards2', ['11', '12'], 's2')).toBe('already_folded');
    await expectSequences('shards2', '1', '2', '3', '4', '11', '12');
  });

  it('is refused out of order, and with a transfer of another book, with no effect', async () => {
    await expect(redrive('refused2', ['2', '1'])).rejects.toThrow(/out of order/);
    const foreign = { ...batch('refused2', [], 's'), transfers: [record('stranger', '1')] };
    await expect(ledger().books.foldRedriven(foreign)).rejects.toThrow(/another book/);
    expect(await ledger().books.read('refused2', 'EUR')).toBeNull();
  });
}
