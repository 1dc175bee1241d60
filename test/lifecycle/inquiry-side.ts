import { inquire } from '../../functions/providers/inquire/inquire.ts';
import { openOf } from '../../shared/domain/payment/recovery/conclude.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { isRefusal } from '../../shared/domain/saga/refusal.ts';
import type { PaymentStore } from '../../shared/ports/payments.ts';
import type { Providers } from '../../shared/ports/provider.ts';
import type { NextStamp } from '../../shared/runtime/stamp.ts';
import { chargeTerms } from '../support/sagas/charge-terms.ts';

const hourMs = 3_600_000;
const schedule = { waitsMs: [1_000, hourMs, hourMs], settleWindowMs: hourMs };

/** The ids of what is unknown of a payment. */
export function unknownsOf(payment: Payment): string[] {
  return [
    ...(payment.unknown ? [payment.unknown.operationId] : []),
    ...payment.operations.flatMap(({ id, unknown }) => (unknown ? [id] : [])),
  ].filter((id) => openOf(payment, id) !== null);
}

/** Asks about something unknown for the n-th time, and says whether something came of it. */
export function inquirySide(ports: {
  readonly store: PaymentStore;
  readonly providers: Providers;
  readonly nextStamp: NextStamp;
}) {
  const { store, providers, nextStamp } = ports;
  const ask = inquire({ ...store, ...chargeTerms, nextStamp, providers, schedule });
  return async (payment: Payment, asked: number): Promise<'taken' | 'refused' | 'nothing'> => {
    const [operationId] = unknownsOf(payment);
    if (operationId === undefined) {
      return 'nothing';
    }
    try {
      await ask({ paymentId: payment.id, operationId, asked });
      return 'taken';
    } catch (error) {
      if (isRefusal(error)) {
        return 'refused';
      }
      throw error;
    }
  };
}
