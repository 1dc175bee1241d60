import type { PayoutFact } from '../../contracts/events/payout-events.ts';
import type { Currency } from '../money/currency.ts';
import type { Parked, Resolution } from '../payment/state.ts';
import { notSent } from './bank/conclude.ts';
import type { Payout } from './state.ts';

/** A payout that waits for a person. */
export interface ParkedPayout extends Parked {
  readonly payoutId: string;
  readonly tenant: string;
  /** What may be lost, or paid twice, by a wrong word. */
  readonly amountMinor: number;
  readonly currency: Currency;
  /** False when its saga did not come to an end, though nothing is unknown. */
  readonly unknown: boolean;
}

/** The payout as one that waits for a person; null when it does not. */
export function parkedOfPayout({
  id,
  tenant,
  request,
  unknown,
  parked,
}: Payout): ParkedPayout | null {
  return (
    parked && {
      ...parked,
      payoutId: id,
      tenant,
      amountMinor: request.amount,
      currency: request.currency,
      unknown: unknown !== null,
    }
  );
}

/** What a person says of a parked payout: what became of its order, or that its saga is to go on. */
export interface PayoutWord {
  readonly outcome: Resolution['outcome'] | 'resume';
  /** The bank's own of an order that took effect; null with any other word. */
  readonly bankReference: string | null;
  /** Who says so. */
  readonly by: string;
  readonly reason: string;
}

/**
 * Why a person's word is not taken:
 * - `not_found`: there is no such payout
 * - `not_parked`: it waits for nobody, or not any more
 * - `outcome_unknown`: its saga cannot go on before it is said what became of the order
 * - `nothing_unknown`: what became of the order is known; the saga can go on
 * - `bank_reference_needed`: an order that took effect has a reference at the bank, and nothing else has
 * - `resolved_otherwise`: another word is on record, or the bank's own came first
 */
export type WordRefusal =
  | 'not_found'
  | 'not_parked'
  | 'outcome_unknown'
  | 'nothing_unknown'
  | 'bank_reference_needed'
  | 'resolved_otherwise';

/** A person's word that is not taken. */
export class WordRefused extends Error {
  override readonly name = 'WordRefused';
  readonly code: WordRefusal;

  constructor(code: WordRefusal) {
    super(`the word on the payout is refused: ${code}`);
    this.code = code;
  }
}

/**
 * The fact by which a person's word goes on record; null when it is there, said before, whether it has
 * led to anything or not.
 *
 * @throws WordRefused when it does not fit the payout
 */
export function factOfWord(payout: Payout, word: PayoutWord): PayoutFact | null {
  const { outcome, bankReference, by, reason } = word;
  const { parked, unknown } = payout;
  if ((outcome === 'took_effect') !== (bankReference !== null)) {
    throw new WordRefused('bank_reference_needed');
  }
  if (!parked) {
    if (isDone(payout, word)) {
      return null;
    }
    throw new WordRefused('not_parked');
  }
  if (outcome === 'resume') {
    if (unknown) {
      throw new WordRefused('outcome_unknown');
    }
    return { type: 'payout.resumed', facts: { reason: `asked for by ${by}: ${reason}` } };
  }
  if (!unknown) {
    throw new WordRefused('nothing_unknown');
  }
  const { resolution } = parked;
  if (resolution === null) {
    return {
      type: 'payout.outcome_resolved',
      facts: { outcome, bank_reference: bankReference, by, reason },
    };
  }
  if (resolution.outcome !== outcome || resolution.providerReference !== bankReference) {
    throw new WordRefused('resolved_otherwise');
  }
  return null;
}

/** True when the payout is where the word brings it, whoever brought it there. */
export function isDone(
  { order, decline, progress }: Payout,
  { outcome, bankReference }: PayoutWord,
): boolean {
  switch (outcome) {
    case 'took_effect':
      return order !== null && order.reference === bankReference;
    case 'no_effect':
      return decline?.code === notSent.code;
    case 'resume':
      return progress.resumed;
  }
}
