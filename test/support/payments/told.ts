import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { changePayment, type PaymentChange } from '../../../shared/domain/payment/change.ts';
import { facts } from './facts.ts';
import { anAcceptedPayment, countingStamps } from './payments.ts';

export type FactName = keyof typeof facts;

/** The changes that facts make of a payment, one after the other. */
export function changesOf(...names: readonly FactName[]): readonly PaymentChange[] {
  const nextStamp = countingStamps();
  const changes = [anAcceptedPayment(nextStamp)];
  for (const name of names) {
    const { after } = changes.at(-1) as PaymentChange;
    changes.push(changePayment(after, facts[name], nextStamp()));
  }
  return changes;
}

/** Their events. */
export function eventsOf(...names: readonly FactName[]): readonly PaymentEvent[] {
  return changesOf(...names).map(({ event }) => event);
}

/** Their transfers. */
export function transfersBy(...names: readonly FactName[]): readonly Transfer[] {
  return changesOf(...names).flatMap(({ transfers }) => transfers);
}

/** A history of each kind that a payment can have. */
export const histories = {
  captured: ['reserved', 'captured'],
  declined: ['reserved', 'declined', 'released', 'failed'],
  'unknown then resolved': [
    'reserved',
    'unknownCharge',
    'parkedCharge',
    'chargeResolved',
    'captured',
  ],
  refunded: ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refunded'],
  disputed: ['reserved', 'captured', 'disputeOpened', 'disputeWon'],
  parked: ['reserved', 'unknownCharge', 'parkedCharge'],
  canceled: ['reserved', 'authorized', 'cancelRequested', 'cancelStarted', 'canceled'],
} as const satisfies Record<string, readonly FactName[]>;
