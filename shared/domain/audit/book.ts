import type { Book, BookDay } from '../../ports/ledger.ts';
import { type AccountCode, accountId } from '../ledger/accounts.ts';
import { addDeltas, type BookDeltas, deltasOf } from '../ledger/book.ts';
import { type ChainDifference, type ChainLink, verifyChain } from '../ledger/chain.ts';
import { trialBalance } from '../ledger/reports/trial-balance.ts';
import { dayOf, type Transfer } from '../ledger/transfer.ts';
import { compareCounters } from './compare.ts';
import type { Findings } from './report.ts';

/** A book as it was read: first the book, then its days, then the links of its chain. */
export interface ReadBook {
  readonly book: Book;
  readonly days: readonly BookDay[];
  readonly links: readonly ChainLink[];
}

type FindTransfer = (id: string) => Transfer | undefined;

/**
 * Audits one book:
 * 1. its debits equal its credits, pending and posted. Of one transfer they do by construction: it
 *    has one amount and two accounts
 * 2. its chain verifies, and each transfer is in one link, once
 * 3. each balance is the sum of the transfers in the links up to the book's head: those are what was
 *    folded when the book was read, however many there are since
 * 4. each day's total is the sum of that day's transfers in the links up to some link from the head
 *    on: the day was read after the book, and before the last links
 *
 * @returns how many balances were compared
 */
export function auditBook(read: ReadBook, transferById: FindTransfer, found: Findings): number {
  const { book, links } = read;
  checkTrialBalance(book, found);
  for (const difference of verifyChain(links, transferById, book.chain)) {
    addChainDifference(book, difference, found);
  }
  const folds = foldsOf(read, transferById, found);
  const { tenant, currency } = book;
  const accounts = namesOf(book.accounts, folds.atHead);
  for (const code of accounts) {
    const compared = compareCounters(folds.atHead[code], book.accounts[code]);
    if (compared) {
      const account = accountId(code, currency);
      const says = `the balance of ${account} is not the sum of its transfers`;
      found.add({ kind: 'balance', tenant, account, ...compared, says });
    }
  }
  const storedDays = new Map(read.days.map(({ day, accounts: totals }) => [day, totals]));
  for (const day of new Set([...storedDays.keys(), ...folds.daysAtHead.keys()])) {
    checkDay(book, day, storedDays.get(day) ?? {}, folds, found);
  }
  return accounts.length;
}

function checkTrialBalance(book: Book, found: Findings): void {
  const { tenant, currency } = book;
  for (const sums of trialBalance([book]).currencies) {
    if (sums.difference !== 0n) {
      found.add({
        kind: 'trial_balance',
        tenant,
        expected: `debits ${sums.debits_pending} pending, ${sums.debits_posted} posted`,
        found: `credits ${sums.credits_pending} pending, ${sums.credits_posted} posted`,
        says: `debits and credits in ${currency} are not equal`,
      });
    }
  }
}

const chainSays: Readonly<Record<ChainDifference['kind'], string>> = {
  missing_link: 'is not there',
  unlinked: 'does not follow the link before it',
  altered_link: 'has another hash than its contents',
  altered_transfer: 'was folded with a transfer that the ledger has in another form now',
  missing_transfer: 'was folded with a transfer that the ledger does not have',
  repeated_transfer: 'has a transfer that was folded before',
  wrong_head: 'is the last one of the book, which has another hash of it',
};

function addChainDifference(
  { tenant, currency }: Book,
  { kind, link, transferId, accounts }: ChainDifference,
  found: Findings,
): void {
  const [debited] = accounts;
  found.add({
    kind,
    tenant,
    account: debited ? accountId(debited, currency) : null,
    transfer: transferId,
    says: `link ${link} of ${currency} ${chainSays[kind]}`,
  });
}

/** What the transfers in the links of a book come to. */
interface Folds {
  /** In the links up to the book's head. */
  readonly atHead: BookDeltas;
  readonly daysAtHead: ReadonlyMap<string, BookDeltas>;
  /** What each link behind the head adds to each day, in the links' order. */
  readonly later: readonly ReadonlyMap<string, BookDeltas>[];
}

function foldsOf({ book, links }: ReadBook, transferById: FindTransfer, found: Findings): Folds {
  const folded = new Set<string>();
  const daysAtHead = new Map<string, BookDeltas>();
  const later: ReadonlyMap<string, BookDeltas>[] = [];
  for (const link of links) {
    const transfers: Transfer[] = [];
    for (const { id } of link.transfers) {
      const transfer = folded.has(id) ? undefined : transferById(id);
      folded.add(id);
      if (transfer && isOf(book, transfer)) {
        transfers.push(transfer);
      } else if (transfer) {
        addForeign(book, link, transfer, found);
      }
    }
    const byDay = Map.groupBy(transfers, dayOf);
    const days = new Map([...byDay].map(([day, ofDay]) => [day, deltasOf(book, ofDay)]));
    if (link.number > book.chain.length) {
      later.push(days);
      continue;
    }
    for (const [day, deltas] of days) {
      daysAtHead.set(day, addDeltas(daysAtHead.get(day) ?? {}, deltas));
    }
  }
  return { atHead: [...daysAtHead.values()].reduce(addDeltas, {}), daysAtHead, later };
}

function isOf({ tenant, currency }: Book, transfer: Transfer): boolean {
  return transfer.tenant === tenant && transfer.currency === currency;
}

function addForeign(book: Book, link: ChainLink, transfer: Transfer, found: Findings): void {
  found.add({
    kind: 'foreign_transfer',
    tenant: book.tenant,
    account: accountId(transfer.debitAccount, transfer.currency),
    transfer: transfer.id,
    payment: transfer.paymentId,
    expected: `${book.tenant} ${book.currency}`,
    found: `${transfer.tenant} ${transfer.currency}`,
    says: `link ${link.number} has a transfer of another book`,
  });
}

/** Where no total from the head on fits, it says in what the one differs that fits best. */
function checkDay(
  { tenant, currency }: Book,
  day: string,
  stored: BookDeltas,
  { daysAtHead, later }: Folds,
  found: Findings,
): void {
  let total = daysAtHead.get(day) ?? {};
  let best = differing(total, stored);
  for (const days of later) {
    total = addDeltas(total, days.get(day) ?? {});
    const now = differing(total, stored);
    best = now.length < best.length ? now : best;
  }
  for (const { code, ...compared } of best) {
    const account = accountId(code, currency);
    const says = `the total of ${account} on ${day} is not the sum of its transfers`;
    found.add({ kind: 'day_total', tenant, account, ...compared, says });
  }
}

function differing(expected: BookDeltas, stored: BookDeltas) {
  return namesOf(expected, stored).flatMap((code) => {
    const compared = compareCounters(expected[code], stored[code]);
    return compared ? [{ code, ...compared }] : [];
  });
}

function namesOf(a: BookDeltas, b: BookDeltas): AccountCode[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])] as AccountCode[];
}
