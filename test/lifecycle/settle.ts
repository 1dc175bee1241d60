import { settleLine } from '../../functions/settlement/reconcile/settle-lines.ts';
import type { MemoryLedger } from '../../shared/adapters/memory/ledger.ts';
import type { MemorySettlements } from '../../shared/adapters/memory/settlement/settlements.ts';
import type { Transfer } from '../../shared/domain/ledger/transfer.ts';
import { settledBy } from '../../shared/domain/settlement/sides.ts';
import type { LoadPayment } from '../../shared/ports/payments.ts';
import type { NextStamp } from '../../shared/runtime/stamp.ts';
import type { Fate } from './world.ts';

/** Settles what a transfer on `psp_receivable` is about, by the line that a right file has of it. */
export async function settleEntry(
  {
    ledger,
    payments,
    settlements,
    nextStamp,
  }: {
    readonly ledger: MemoryLedger;
    readonly payments: { readonly load: LoadPayment };
    readonly settlements: MemorySettlements;
    readonly nextStamp: NextStamp;
  },
  entry: Transfer,
  number: number,
): Promise<Fate> {
  const of = entry.paymentId === null ? null : await payments.load(entry.paymentId);
  const type = settledBy[entry.posting];
  if (!of || !type || entry.operationId === null) {
    return 'nothing';
  }
  const isCapture = type === 'capture';
  const fee = isCapture ? Math.floor(entry.amountMinor * 0.012) : type === 'chargeback' ? 1_500 : 0;
  const gross = type === 'chargeback' ? entry.amountMinor - fee : entry.amountMinor;
  const { outcome } = await settleLine(
    {
      store: settlements.store,
      load: payments.load,
      readLimited: ledger.readLimited,
      now: () => nextStamp().time,
      noted: () => {},
    },
    {
      provider: 'psp',
      file: 'psp/1.csv',
      number: number,
      record: {
        line_id: entry.id,
        type,
        reference: of.id,
        operation_id: entry.operationId,
        provider_reference: of.charge?.reference ?? 'ch',
        gross,
        fee,
        currency: entry.currency,
        time: entry.time,
      },
    },
  );
  return outcome === 'matched' ? 'taken' : 'refused';
}
