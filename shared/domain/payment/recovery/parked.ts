import type { OperationAtPsp } from '../../../contracts/events/payment-events.ts';
import { isRefusedReversal } from '../fold/charge.ts';
import type { Parked, Payment } from '../state.ts';

/** Something of a payment that waits for a person. Amounts in minor units of the payment's currency. */
export interface ParkedOperation extends Parked {
  readonly operationId: string;
  readonly operation: OperationAtPsp;
  /** What may be lost, or taken twice, by a wrong word. */
  readonly amountMinor: number;
  /** False when its saga did not come to an end, though nothing is unknown. */
  readonly unknown: boolean;
}

/** What of a payment waits for a person, the longest first. */
export function parkedOf(payment: Payment): ParkedOperation[] {
  const own = payment.parked
    ? [
        {
          ...payment.parked,
          amountMinor: payment.request.amount,
          unknown: payment.unknown !== null || isRefusedReversal(payment),
        },
      ]
    : [];
  const operations = payment.operations.flatMap((operation) =>
    operation.parked
      ? [
          {
            ...operation.parked,
            operationId: operation.id,
            operation: operation.kind,
            amountMinor: operation.amountMinor,
            unknown: operation.unknown !== null,
          },
        ]
      : [],
  );
  return [...own, ...operations].sort((a, b) => (a.since < b.since ? -1 : 1));
}

/** What of a payment waits for a person under an operation id; null when nothing does. */
export function parkedOperation(payment: Payment, id: string): ParkedOperation | null {
  return parkedOf(payment).find(({ operationId }) => operationId === id) ?? null;
}

/** Since when something of a payment waits for a person; null when nothing does. */
export function parkedSince(payment: Payment): string | null {
  return parkedOf(payment)[0]?.since ?? null;
}
