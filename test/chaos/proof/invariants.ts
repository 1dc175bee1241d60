import { secretsAreNowhere, strangersGetNothing } from './boundaries.ts';
import type { Evidence, Finding, Invariant } from './evidence.ts';
import { endsComeInTime, eventsArePublished, versionsAreWhole } from './history.ts';
import {
  amountsAreBounded,
  auditIsClean,
  booksBalance,
  endsAreClean,
  limitsHold,
} from './money.ts';
import { effectsAreSingle, noticesChangeNothing, unknownIsLeftAlone } from './psp.ts';
import { repeatsAreEqual } from './requests.ts';

/** The invariants of docs/architecture.md, as a run is held against them. */
export const invariants: readonly Invariant[] = (
  [
    ['debits = credits, per currency, per transfer and in all', booksBalance],
    ['0 <= captured <= authorized, 0 <= refunded <= captured', amountsAreBounded],
    ['at most one effect at the PSP per operation', effectsAreSingle],
    ['an end holds nothing, posts what it is, and is the same at the PSP', endsAreClean],
    ['a key is one thing; a repeated request is answered alike', repeatsAreEqual],
    ['version +1 a change, none out of a terminal state', versionsAreWhole],
    ['each change has one event, published, applied once', eventsArePublished],
    ['terminal or parked within the time budget', endsComeInTime],
    ['nothing unknown is retried, voided or failed over', unknownIsLeftAlone],
    ['a limited account never passes its limit', limitsHold],
    ['a notice early, twice or late leads to the same state', noticesChangeNothing],
    ['the audit chain verifies, balances equal their transfers', auditIsClean],
    ['no card number, CVV or secret anywhere', secretsAreNowhere],
    ["no tenant reads or touches another's", strangersGetNothing],
  ] as const
).map(([title, check], index) => ({ number: index + 1, title, check }));

/** An invariant and what its check came to. */
export interface Verdict extends Finding {
  readonly number: number;
  readonly title: string;
}

/** Holds a run against all invariants. */
export function judge(evidence: Evidence): Verdict[] {
  return invariants.map(({ number, title, check }) => ({ number, title, ...check(evidence) }));
}
