import { memoryBooks, memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { captureTransfers, holdTransfer } from '../../shared/domain/ledger/postings.ts';
import type { Transfer } from '../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../shared/domain/money.ts';
import { aPayment, timeAt } from './transfers.ts';

/**
 * A ledger in memory on which one tenant has captured so many payments of 100.00 in a currency,
 * a second apart, and its books with them.
 */
export async function aLedgerOf(
  ...captures: readonly {
    readonly tenant: string;
    readonly currency: Currency;
    readonly payments: number;
  }[]
) {
  const ledger = memoryLedger();
  const books = memoryBooks();
  for (const { tenant, currency, payments } of captures) {
    const transfers = Array.from({ length: payments }, (_, index) => {
      const payment = aPayment({ tenant, currency, key: `${currency} ${index}` });
      const time = timeAt(index * 1_000);
      return [holdTransfer(payment, time), ...captureTransfers(payment, time)];
    }).flat();
    for (const transfer of transfers) {
      ledger.write([transfer]);
    }
    await books.fold({ tenant, currency, shardId: 'shard', transfers: numbered(transfers) });
  }
  return { ledger, books };
}

function numbered(transfers: readonly Transfer[]) {
  return transfers.map((transfer, index) => ({ transfer, sequence: String(index) }));
}
