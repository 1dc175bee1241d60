import { changePayment, type PaymentChange } from '../../shared/domain/payment/change.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { type FactName, facts } from './facts.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

/** One clock for all: no two changes have one event id. */
export const nextStamp = countingStamps();

/** The changes of a payment of EUR 100.00 that these facts make, in their order. */
export function changesOf(names: readonly FactName[]): PaymentChange[] {
  const changes = [anAcceptedPayment(nextStamp)];
  for (const name of names) {
    const { after } = changes.at(-1) as PaymentChange;
    changes.push(changePayment(after, facts[name], nextStamp()));
  }
  return changes;
}

/** The payment after them. */
export function after(...names: readonly FactName[]): Payment {
  return (changesOf(names).at(-1) as PaymentChange).after;
}

export const authorized = ['reserved', 'authorized'] as const;
