import type { ChainDifference } from '../ledger/chain.ts';
import type { ActsReport } from './acts.ts';

/**
 * What an audit can find. Those of `ChainDifference` are about the hash chain, and:
 * - `trial_balance`: debits and credits of a book are not equal
 * - `balance`: a book has another balance of an account than its transfers make
 * - `day_total`: the same of one day of a book
 * - `limited_balance`: the same of a limited account
 * - `limit_passed`: a limited account is beyond its limit
 * - `foreign_transfer`: a link has a transfer of another book
 * - `unfolded_transfer`: a transfer is in no book, and has had the time to be
 * - `doubled_transfer`: the ledger has two transfers of one id
 * - `missing_posting`: the events make a transfer that the ledger does not have
 * - `changed_posting`: the ledger has a transfer in another form than its cause makes it
 * - `extra_posting`: the ledger has a transfer that nothing makes
 * - `unreadable`: what is stored is not JSON, or contradicts itself
 * - `broken_event`: an event is missing, or cannot follow those before it
 * - `changed_event`: an event says something else than its own facts make
 * - `changed_state`: the state is not what the events make
 * - `changed_snapshot`: the state that is kept of an earlier version is not what the events make
 * - `broken_rule`: the state and its postings break an invariant
 * - `broken_log`: the log of who did what is not as it was written
 */
export type DifferenceKind =
  | ChainDifference['kind']
  | 'trial_balance'
  | 'balance'
  | 'day_total'
  | 'limited_balance'
  | 'limit_passed'
  | 'foreign_transfer'
  | 'unfolded_transfer'
  | 'doubled_transfer'
  | 'missing_posting'
  | 'changed_posting'
  | 'extra_posting'
  | 'unreadable'
  | 'broken_event'
  | 'changed_event'
  | 'changed_state'
  | 'changed_snapshot'
  | 'broken_rule'
  | 'broken_log';

/** One thing that is not as it has to be. It names no customer's data: it is logged. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly tenant: string;
  /** `merchant_payable.EUR`; of a transfer the one that it debits. Null for what is about none. */
  readonly account: string | null;
  readonly transfer: string | null;
  readonly payment: string | null;
  readonly payout: string | null;
  readonly conversion: string | null;
  readonly expected: string | null;
  readonly found: string | null;
  /** For people. */
  readonly says: string;
}

/** How much was compared. */
export interface Checked {
  readonly books: number;
  /** Balances of books, and of limited accounts. */
  readonly accounts: number;
  readonly transfers: number;
  readonly links: number;
  readonly payments: number;
  /** Of payments and payouts. */
  readonly events: number;
  readonly payouts: number;
  readonly conversions: number;
}

export const nothingChecked: Checked = {
  books: 0,
  accounts: 0,
  transfers: 0,
  links: 0,
  payments: 0,
  events: 0,
  payouts: 0,
  conversions: 0,
};

/** A difference without the fields that do not concern it. */
export type Finding = Pick<Difference, 'kind' | 'tenant' | 'says'> & Partial<Difference>;

/** As many differences as a report lists; it counts all. */
export const maxListed = 1_000;

/** What was found so far. */
export interface Findings {
  readonly add: (finding: Finding) => void;
  /** The first of them, at most `maxListed`. */
  readonly listed: readonly Difference[];
  /** All of them. */
  readonly count: () => number;
}

export function findings(): Findings {
  const listed: Difference[] = [];
  let count = 0;
  return {
    listed,
    count: () => count,
    add: (finding) => {
      count += 1;
      if (listed.length < maxListed) {
        listed.push({ ...about, ...finding });
      }
    },
  };
}

const about = {
  account: null,
  transfer: null,
  payment: null,
  payout: null,
  conversion: null,
  expected: null,
  found: null,
} as const;

/** What an audit came to, as it is stored, logged and printed. */
export interface AuditReport {
  readonly object: 'ledger_audit';
  /** RFC 3339, UTC, milliseconds; as are the others. */
  readonly started: string;
  readonly ended: string;
  /** The time of the latest transfer that the audited books have in them; null without any. */
  readonly as_of: string | null;
  readonly checked: Checked;
  /** Null where it was not looked at. */
  readonly acts: ActsReport | null;
  /** Transfers that were in no book yet, and could not be expected to be. */
  readonly not_yet_folded: number;
  readonly difference_count: number;
  /** The first of them, at most 1,000. */
  readonly differences: readonly Difference[];
  readonly verdict: 'clean' | 'differences';
}

/**
 * An audit ran out of its time. What it had found is no less true; what it had not come to is not
 * known, so there is no report.
 */
export class AuditUnfinished extends Error {
  override readonly name = 'AuditUnfinished';
  readonly checked: Checked;
  readonly differences: readonly Difference[];
  readonly differenceCount: number;

  constructor(checked: Checked, { listed, count }: Findings) {
    const soFar = Object.entries(checked).map(([what, number]) => `${number} ${what}`);
    super(`out of time after ${soFar.join(', ')}, with ${count()} differences`);
    this.checked = checked;
    this.differences = listed;
    this.differenceCount = count();
  }
}
