import type { LimitedAccount } from '../../ports/ledger.ts';
import { accountId, limitOf } from '../ledger/accounts.ts';
import { addCounters, counterNames } from '../ledger/book.ts';
import { availableOf, limitChanges } from '../ledger/limits.ts';
import { type Counters, type Transfer, zeroCounters } from '../ledger/transfer.ts';
import { compareObjects, isSame } from './compare.ts';
import type { Findings } from './report.ts';

type AccountName = Pick<LimitedAccount, 'tenant' | 'currency' | 'code'>;

/** What transfers do to a limited account. */
interface Sums {
  readonly account: AccountName;
  /** Of those that were in the account for certain when it was read. */
  settled: Counters;
  /** Of each that may have come before or after. */
  readonly open: Counters[];
}

/**
 * Audits the limited accounts, which were read after the links of all books and before the
 * transfers. A transfer in a link was there by then; one in none may have been written before the
 * account was read, or after it. So a balance has to be the sum of the first, and of some of the
 * second.
 *
 * @returns how many were compared
 */
export function auditLimited(
  stored: readonly LimitedAccount[],
  transfers: Iterable<Transfer>,
  isFolded: (id: string) => boolean,
  found: Findings,
): number {
  const sums = new Map(stored.map((account) => [nameOf(account), emptySums(account)]));
  for (const transfer of transfers) {
    if (!limitOf(transfer.debitAccount) && !limitOf(transfer.creditAccount)) {
      continue;
    }
    for (const { deltas, ...account } of limitChanges([transfer])) {
      const of = sums.get(nameOf(account)) ?? emptySums(account);
      sums.set(nameOf(account), of);
      if (isFolded(transfer.id)) {
        of.settled = addCounters(of.settled, deltas);
      } else {
        of.open.push(deltas);
      }
    }
  }
  const byName = new Map(stored.map((account) => [nameOf(account), account]));
  for (const [name, of] of sums) {
    checkAccount(of, byName.get(name), found);
  }
  return sums.size;
}

function nameOf({ tenant, currency, code }: AccountName): string {
  return JSON.stringify([tenant, currency, code]);
}

function emptySums(account: AccountName): Sums {
  return { account, settled: zeroCounters, open: [] };
}

function checkAccount(
  { account: { tenant, currency, code }, settled, open }: Sums,
  stored: LimitedAccount | undefined,
  found: Findings,
): void {
  const { counters, availableMinor } = stored ?? { counters: zeroCounters, availableMinor: 0n };
  const account = accountId(code, currency);
  // A balance that limits an account without a limit is compared all the same.
  const limit = limitOf(code) ?? 'debits_must_not_exceed_credits';
  const expected = isReachable(settled, open, counters) ? counters : settled;
  const compared = compareObjects(
    { ...named(expected), available: availableOf(expected, limit) },
    { ...named(counters), available: availableMinor },
  );
  if (compared) {
    const says = `the balance that limits ${account} is not the sum of its transfers`;
    found.add({ kind: 'limited_balance', tenant, account, ...compared, says });
  }
  if (availableOf(counters, limit) < 0n) {
    found.add({
      kind: 'limit_passed',
      tenant,
      account,
      expected: 'available 0 or more',
      found: `available ${availableOf(counters, limit)}`,
      says: `more was taken from ${account} than it had`,
    });
  }
}

function named(counters: Counters) {
  return Object.fromEntries(
    Object.entries(counters).map(([key, sum]) => [counterNames[key as keyof Counters], sum]),
  );
}

/** As many as have all of their sums tried. */
const maxTried = 12;

/**
 * True when a balance can be a sum and some of the open changes: one of all such sums or, where
 * there are more than 4,096, none that is beyond what the changes come to.
 */
function isReachable(settled: Counters, open: readonly Counters[], balance: Counters): boolean {
  if (open.length > maxTried) {
    const keys = Object.keys(balance) as (keyof Counters)[];
    return keys.every((key) => {
      const changes = open.map((deltas) => deltas[key]);
      const up = changes.reduce((sum, by) => (by > 0n ? sum + by : sum), settled[key]);
      const down = changes.reduce((sum, by) => (by < 0n ? sum + by : sum), settled[key]);
      return down <= balance[key] && balance[key] <= up;
    });
  }
  const sums = open.reduce<readonly Counters[]>(
    (reached, deltas) => reached.flatMap((sum) => [sum, addCounters(sum, deltas)]),
    [settled],
  );
  return sums.some((sum) => isSame(sum, balance));
}
