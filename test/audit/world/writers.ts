import { setImmediate as others } from 'node:timers/promises';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, transferId } from '../../../shared/domain/ids.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { Books } from '../../../shared/ports/ledger.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import { anAcceptedPayment, countingStamps } from '../../support/payments/payments.ts';

const nextStamp = countingStamps();

/** Takes a payment of EUR 100.00 to its capture, a change at a time. */
async function pay(
  { accept, append }: PaymentStore,
  key: string,
  written: (transfers: readonly Transfer[]) => void,
): Promise<void> {
  const accepted = anAcceptedPayment(nextStamp, {}, { tenant: 'busy', key });
  await accept(accepted);
  let payment = accepted.after;
  const { id, request } = payment;
  const charge = {
    operation_id: operationId(id, 'charge'),
    provider: 'psp',
    provider_reference: 'ch_1',
    amount: request.amount,
  };
  const facts: PaymentFact[] = [
    {
      type: 'payment.reserved',
      facts: {
        transfer_id: transferId(id, 'authorized'),
        amount: request.amount,
        execution: 'e',
        provider: 'psp',
      },
    },
    { type: 'payment.captured', facts: { ...charge, fee: 290, final: true } },
  ];
  for (const fact of facts) {
    const change = changePayment(payment, fact, nextStamp());
    if ((await append(change)) === 'written') {
      written(change.transfers);
    }
    payment = change.after;
  }
}

/**
 * Writes payments, several at a time, and folds them into their book, until it is stopped.
 *
 * @returns how many payments were written, when the last of them is folded
 */
export function writers(stores: { readonly payments: PaymentStore; readonly books: Books }) {
  let isOver = false;
  let payments = 0;
  let sequence = 0;
  const unfolded: Transfer[] = [];
  const paying = Array.from({ length: 4 }, async (_, writer) => {
    while (!isOver) {
      // A store in memory never waits, and would let nobody else run.
      await others();
      payments += 1;
      await pay(stores.payments, `${writer} ${payments}`, (transfers) =>
        unfolded.push(...transfers),
      );
    }
  });
  const folding = (async () => {
    while (!isOver || unfolded.length > 0) {
      const transfers = unfolded
        .splice(0)
        .map((transfer) => ({ transfer, sequence: String(++sequence) }));
      if (transfers.length > 0) {
        await stores.books.fold({ tenant: 'busy', currency: 'EUR', shardId: 's', transfers });
      } else {
        await others();
      }
    }
  })();
  return {
    stop: async (): Promise<number> => {
      isOver = true;
      await Promise.all(paying);
      await folding;
      return payments;
    },
  };
}
