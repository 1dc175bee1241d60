import type { Parked, ResolveParkedRequest } from '../../../../client/src/index.ts';
import { type Amount, needsApproval } from '../../components/figures/amounts.ts';

export type ParkedAction = ResolveParkedRequest['outcome'];

/** What can be said of what took effect and what did not; over a large amount it takes two. */
export type ParkedWord = Extract<ParkedAction, 'took_effect' | 'no_effect'>;

export function isWord(action: ParkedAction): action is ParkedWord {
  return action === 'took_effect' || action === 'no_effect';
}

interface ActionWords {
  readonly label: string;
  /** What pressing it comes to. */
  readonly says: string;
}

export const actionWords: Readonly<Record<ParkedAction, ActionWords>> = {
  took_effect: {
    label: 'It took effect',
    says: 'The PSP or the bank did it: the books are brought to that, as if it had answered so.',
  },
  no_effect: {
    label: 'It had no effect',
    says: 'The PSP or the bank did nothing: what is held for it is given back.',
  },
  ask: {
    label: 'Ask once more',
    says: 'The PSP or the bank is asked again, now. A clear answer settles it.',
  },
  resume: {
    label: 'Begin anew',
    says: 'Its saga begins anew from what is on record. Nothing is sent twice.',
  },
};

/** A charge and a payout that took effect have a reference at the PSP or the bank; nothing else has. */
export function needsReference(
  { operation }: Pick<Parked, 'operation'>,
  action: ParkedAction,
): boolean {
  return action === 'took_effect' && (operation === 'charge' || operation === 'payout');
}

const referencePattern = /^[A-Za-z0-9._~-]{1,64}$/;

/** True for what the API takes, once what is around it is gone. */
export function isReference(text: string): boolean {
  return referencePattern.test(text.trim());
}

/** What another operator may say, for whoever approves it. */
export function wordText(word: ParkedWord, reference: string | null): string {
  const said = word === 'took_effect' ? '“it took effect”' : '“it had no effect”';
  return reference === null || reference === ''
    ? said
    : `${said}, under the reference ${reference},`;
}

/** A person's word over a large amount takes a second person's approval; asking and resuming do not. */
export function needsSecondPerson(amount: Amount, action: ParkedAction): boolean {
  return isWord(action) && needsApproval([amount]);
}

export function unknownText({ unknown }: Pick<Parked, 'unknown'>): string {
  return unknown ? 'Outcome unknown' : 'Saga stopped';
}

/** What came of an act, for the person who asked for it. */
export function resolutionText({
  resolution,
  answer,
  actions,
}: Pick<Parked, 'resolution' | 'answer' | 'actions'>): string {
  if (!resolution) {
    return answer === null
      ? 'Asked. It still waits for a person.'
      : `Asked, and the answer was: ${answer}. It still waits for a person.`;
  }
  const what = {
    took_effect: 'It counts as having taken effect',
    no_effect: 'It counts as having had no effect',
    resumed: 'It begins anew',
  }[resolution.outcome];
  const left = actions.length > 0 ? '; that has not led to anything yet' : '';
  return `${what}${left}.`;
}

/** What is parked: a payment or a payout. */
export function subjectOf({ payment_id, payout_id }: Pick<Parked, 'payment_id' | 'payout_id'>): {
  readonly kind: 'payment' | 'payout';
  readonly id: string;
} {
  return payment_id !== null
    ? { kind: 'payment', id: payment_id }
    : { kind: 'payout', id: payout_id ?? '' };
}
