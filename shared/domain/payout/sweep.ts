import type { PayoutFact } from '../../contracts/events/payout-events.ts';
import {
  inquiryEndsMs,
  maxResumes,
  type SweepKind,
  type SweepTerms,
  underWayMs,
} from '../payment/recovery/sweep.ts';
import type { Payout } from './state.ts';

/*
 * What a sweeper does for payouts that nothing else will move any more: the saga's machine died, or the
 * inquiry ended without a word. One that is in transit is the bank's to move.
 */

/** Why a sweeper looks at a payout. */
export type PayoutSweepKind = Exclude<SweepKind, 'expiry'>;

/** When a sweeper has to look at a payout. RFC 3339, UTC, milliseconds. */
export interface PayoutDue {
  readonly kind: PayoutSweepKind;
  readonly at: string;
}

/**
 * When a sweeper has to look at the payout, at the earliest; null when there is nothing to look for.
 * Whatever ends what it is due for writes the payout, and so makes it due anew, or not any more.
 */
export function payoutDueOf({ status, unknown, parked, progress }: Payout): PayoutDue | null {
  if (status !== 'processing' || parked) {
    return null;
  }
  return unknown
    ? { kind: 'inquiry', at: after(unknown.since, inquiryEndsMs) }
    : { kind: 'saga', at: after(progress.since, underWayMs) };
}

/**
 * The next fact that a sweeper has for a payout at a time; null when it is left as it is:
 * - a saga that has not come to its end in its time: it begins anew, a few times; then it is parked
 * - an outcome that is unknown after every inquiry must have ended: it is parked
 *
 * Beside a saga that is still at work each of them is safe. What begins anew takes the payout over, by
 * the version that both write at; and the bank knows a repeated order by its id.
 */
export function sweepOfPayout(
  payout: Payout,
  now: string,
  { stuckAfterMs }: SweepTerms,
): PayoutFact | null {
  const due = payoutDueOf(payout);
  if (due?.kind === 'inquiry') {
    return due.at <= now ? parkedFor('the inquiry ended without a conclusion') : null;
  }
  const { since, resumes } = payout.progress;
  if (due === null || after(since, stuckAfterMs) > now) {
    return null;
  }
  return resumes < maxResumes
    ? {
        type: 'payout.resumed',
        facts: { reason: 'the saga did not come to an end in its time' },
      }
    : parkedFor(`the saga did not come to an end, begun anew ${maxResumes} times`);
}

function parkedFor(reason: string): PayoutFact {
  return { type: 'payout.parked', facts: { reason } };
}

function after(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}
