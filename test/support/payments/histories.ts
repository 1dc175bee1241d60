import { changePayment, type PaymentChange } from '../../../shared/domain/payment/change.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
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

/** Every history that the sagas can write, by its name. */
export const histories: Readonly<Record<string, readonly FactName[]>> = {
  'captured at once': ['reserved', 'captured'],
  authorized: ['reserved', 'authorized'],
  declined: ['reserved', 'declined', 'released', 'failed'],
  'refused before the hold': ['failed'],
  'busy, then captured': ['reserved', 'busy', 'busy', 'captured'],
  'busy to the end': ['reserved', 'busy', 'busy', 'busy', 'busy', 'released', 'failed'],
  'mismatched and reversed': ['reserved', 'mismatched', 'reversed', 'released', 'failed'],
  unknown: ['reserved', 'unknownCharge'],
  'reversal unknown': ['reserved', 'mismatched', 'unknownReversal'],
  'unknown, then captured': ['reserved', 'unknownCharge', 'captured'],
  'unknown, then authorized': ['reserved', 'unknownCharge', 'authorized'],
  'unknown, then declined': ['reserved', 'unknownCharge', 'declined', 'released', 'failed'],
  'declined, suspended, declined': [
    'reserved',
    'declined',
    'unknownCharge',
    'declined',
    'released',
  ],
  'unknown, then mismatched': ['reserved', 'unknownCharge', 'mismatched', 'reversed'],
  'reversal unknown, then reversed': [
    'reserved',
    'mismatched',
    'unknownReversal',
    'reversed',
    'released',
    'failed',
  ],
  'captured in two parts, the rest released': [
    ...authorized,
    'captureRequested',
    'captureStarted',
    'capturedPart',
    'restRequested',
    'restStarted',
    'capturedRest',
  ],
  'two captures at once': [
    ...authorized,
    'captureRequested',
    'captureStarted',
    'captureBusy',
    'capturedPart',
  ],
  'capture declined': [
    ...authorized,
    'captureRequested',
    'captureStarted',
    'captureDeclined',
    'captureFailed',
  ],
  'capture unknown, then captured': [
    ...authorized,
    'captureRequested',
    'captureStarted',
    'captureUnknown',
    'capturedPart',
  ],
  canceled: [...authorized, 'cancelRequested', 'cancelStarted', 'canceled'],
  'captured in part, then canceled and refunded': [
    ...authorized,
    'captureRequested',
    'captureStarted',
    'capturedPart',
    'cancelRestRequested',
    'cancelStarted',
    'canceledRest',
    'refundRequested',
    'refundHeld',
    'refunded',
  ],
  expired: [...authorized, 'expiryRequested', 'expired'],
  refunded: ['reserved', 'captured', 'refundRequested', 'refundHeld', 'refunded'],
  'refund declined': [
    'reserved',
    'captured',
    'refundRequested',
    'refundHeld',
    'refundDeclined',
    'refundReturned',
    'refundFailed',
  ],
  'refund restarted and unknown, then refunded': [
    'reserved',
    'captured',
    'refundRequested',
    'refundHeld',
    'refundRestarted',
    'refundUnknown',
    'refunded',
  ],
  'busy, then rerouted, then captured': ['reserved', 'busy', 'rerouted', 'busy', 'captured'],
  'sent again, then captured': ['reserved', 'retried', 'captured'],
  'begun anew before the hold': ['resumed', 'reserved', 'captured'],
  'begun anew, taken over and captured': ['reserved', 'resumed', 'restarted', 'captured'],
  'unknown, then declined, and begun anew': [
    'reserved',
    'unknownCharge',
    'declined',
    'resumed',
    'restarted',
    'released',
    'failed',
  ],
  'parked, then captured after all': ['reserved', 'unknownCharge', 'parkedCharge', 'captured'],
  'parked, resolved and declined': [
    'reserved',
    'unknownCharge',
    'parkedCharge',
    'chargeResolved',
    'declined',
    'resumed',
  ],
  'parked with nothing unknown, and begun anew': ['reserved', 'parkedCharge', 'resumed'],
  'a reversal that never arrived, sent again': [
    'reserved',
    'mismatched',
    'unknownReversal',
    'parkedReversal',
    'reversalWithoutEffect',
    'resumed',
    'restarted',
    'reversed',
    'released',
    'failed',
  ],
  'capture parked, then declined and begun anew': [
    ...authorized,
    'captureRequested',
    'captureStarted',
    'captureUnknown',
    'captureParked',
    'captureResolved',
    'captureDeclined',
    'captureResumed',
    'captureFailed',
  ],
  'cancellation unknown, then canceled': [
    ...authorized,
    'cancelRequested',
    'cancelStarted',
    'cancelUnknown',
    'canceled',
  ],
  'refund parked, resolved, declined, begun anew and returned': [
    'reserved',
    'captured',
    'refundRequested',
    'refundHeld',
    'refundUnknown',
    'refundParked',
    'refundResolved',
    'refundDeclined',
    'refundResumed',
    'refundRestarted',
    'refundReturned',
    'refundFailed',
  ],
  'dispute won': ['reserved', 'captured', 'disputeOpened', 'disputeWon'],
  'dispute lost': ['reserved', 'captured', 'disputeOpened', 'disputeLost'],
};
