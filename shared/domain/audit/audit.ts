import type { AuditSources, StoredSubject } from '../../ports/audit.ts';
import type { LimitedAccount } from '../../ports/ledger.ts';
import { latestOf } from '../ledger/book.ts';
import { trialBalance } from '../ledger/reports/trial-balance.ts';
import type { Transfer } from '../ledger/transfer.ts';
import type { ActsReport } from './acts.ts';
import { auditBook, type ReadBook } from './book.ts';
import { addWrong, type HeldTransfers, holdTransfers } from './held.ts';
import { auditLimited } from './limited.ts';
import {
  type AuditReport,
  AuditUnfinished,
  type Checked,
  type Findings,
  findings,
  nothingChecked,
} from './report.ts';
import { auditSubject, checkTransfer, type OwnTransfer } from './subject.ts';

/** A transfer that is in no book this long after its time is a difference. */
export const foldMarginMs = 15 * 60 * 1_000;

export interface AuditOptions {
  /** RFC 3339, UTC, milliseconds. */
  readonly started: string;
  /** Asked before each thing that is read. */
  readonly isOutOfTime: () => boolean;
}

export interface AuditResult {
  readonly checked: Checked;
  readonly found: Findings;
  /** The time of the latest transfer that the books have in them; null without any. */
  readonly asOf: string | null;
  /** Transfers that are in no book, and too young to have to be. */
  readonly notYetFolded: number;
  readonly trialBalances: readonly TrialBalance[];
}

/** Debits against credits of one book, in minor units. */
export type TrialBalance = ReturnType<typeof trialBalance>['currencies'][number] & {
  readonly tenant: string;
};

/**
 * Audits the whole ledger, of all tenants, while it is in use. Nothing is read at one instant, so
 * each thing is read before what it was made from:
 *
 *     books    each with its days, and then the links of its chain
 *      limited accounts
 *       transfers
 *        payments, payouts, conversions: of each its events before its state
 *         what looks wrong of them again: state before events; transfers by their keys
 *
 *     ----- t1 --------- t2 --------- t3 --------- t4 --------- t5 -----> time
 *           books,       limited      transfers    payments     again
 *           links
 *
 * Transfers, events and links are only ever added, each together with what it was made from or
 * after it. So, whatever is written meanwhile:
 * - a transfer of a link that was read at t1 is there at t3, or is missing
 * - a book has folded what its links up to the head that it had at t1 say, and nothing else
 * - a limited account has in it, at t2, all transfers of the links; those that are in none may have
 *   come later
 * - a transfer that was read at t3 was made by an event that is there at t4, or by none
 * - what an event that was read at t4 makes may have come after t3; it is there at t5, or is missing
 * - a state that was read after n events is at version n, or further; at t5, where it is read
 *   before the events, none of the events up to its version can be missing
 *
 * What is compared by time alone is a transfer that is in no link: for 15 minutes after its own time
 * it is counted and is no difference. Then it is one, if the links still do not have it at t5. This
 * rests on a transfer's time being that of its making.
 *
 * DynamoDB applies the items of one transaction within moments of each other, and a scan may come in
 * between. So differences count when a second look, after the first, has some too; they are those
 * of the second.
 *
 * Held in memory: every transfer, and the links and days of every book. Events are not.
 *
 * @throws AuditUnfinished when it is out of time, with what was found up to then
 */
export async function auditLedger(
  sources: AuditSources,
  options: AuditOptions,
): Promise<AuditResult> {
  const first = await look(sources, options);
  if (first.found.count() === 0) {
    return first;
  }
  try {
    return await look(sources, options);
  } catch (error) {
    throw error instanceof AuditUnfinished
      ? new AuditUnfinished(first.checked, first.found)
      : error;
  }
}

/** The report of an audit, by when it ran, and what came of the acts that were audited beside it. */
export function reportOf(
  { checked, found, asOf, notYetFolded }: AuditResult,
  { started, ended }: { readonly started: string; readonly ended: string },
  acts: ActsReport | null = null,
): AuditReport {
  return {
    object: 'ledger_audit',
    started,
    ended,
    as_of: asOf,
    checked,
    acts,
    not_yet_folded: notYetFolded,
    difference_count: found.count(),
    differences: found.listed,
    verdict: found.count() === 0 ? 'clean' : 'differences',
  };
}

/** One look: what it reads, what it counted and what it found. */
interface Look {
  readonly sources: AuditSources;
  readonly found: Findings;
  readonly checked: { -readonly [What in keyof Checked]: number };
  /** Passes on what is read, and counts it. */
  readonly reading: <T>(
    items: AsyncIterable<T>,
    counted?: keyof Checked,
  ) => AsyncGenerator<T, void, void>;
}

async function look(
  sources: AuditSources,
  { started, isOutOfTime }: AuditOptions,
): Promise<AuditResult> {
  const found = findings();
  const checked = { ...nothingChecked };
  const current: Look = {
    sources,
    found,
    checked,
    reading: async function* (items, counted) {
      for await (const item of items) {
        if (isOutOfTime()) {
          throw new AuditUnfinished(checked, found);
        }
        if (counted) {
          checked[counted] += 1;
        }
        yield item;
      }
    },
  };
  const books = await readBooks(current);
  const limited = await all(current.reading(sources.ledger.limitedAccounts()));
  const held = await holdTransfers(current.reading(sources.ledger.transfers(), 'transfers'), found);
  const asOf = latestOf(books.map(({ book }) => book.asOf)) || null;
  const trialBalances = books.flatMap(({ book }) =>
    trialBalance([book]).currencies.map((row) => ({ tenant: book.tenant, ...row })),
  );
  const folded = auditBooks(current, books.splice(0), limited, held);
  const unfolded = [...held.byId.values()].filter(({ id }) => !folded.has(id));
  await auditSubjects(current, held);
  const foldedBy = new Date(Date.parse(started) - foldMarginMs).toISOString();
  const late = unfolded.filter(({ time }) => time < foldedBy);
  await auditLate(current, late);
  return { checked, found, asOf, notYetFolded: unfolded.length - late.length, trialBalances };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

async function readBooks({ sources: { ledger }, reading }: Look): Promise<ReadBook[]> {
  const books: ReadBook[] = [];
  for await (const book of reading(ledger.books(), 'books')) {
    const { tenant, currency } = book;
    const days = await all(reading(ledger.days(tenant, currency)));
    const links = await all(reading(ledger.chain(tenant, currency), 'links'));
    books.push({ book, days, links });
  }
  return books;
}

/** @returns the ids of all transfers in links */
function auditBooks(
  { found, checked }: Look,
  books: readonly ReadBook[],
  limited: readonly LimitedAccount[],
  { byId }: HeldTransfers,
): ReadonlySet<string> {
  const folded = new Set<string>();
  for (const read of books) {
    checked.accounts += auditBook(read, (id) => byId.get(id), found);
    for (const { transfers } of read.links) {
      for (const { id } of transfers) {
        folded.add(id);
      }
    }
  }
  checked.accounts += auditLimited(limited, byId.values(), (id) => folded.has(id), found);
  return folded;
}

async function auditSubjects(current: Look, held: HeldTransfers): Promise<void> {
  const { sources, found, checked, reading } = current;
  const unseen: OwnTransfer[] = [];
  for await (const stored of reading(sources.subjects.all())) {
    checked[`${stored.kind}s`] += 1;
    checked.events += eventsOf(stored);
    const transfers = held.take(stored.kind, stored.id);
    const context = { transfers, leastVersion: eventsOf(stored) };
    const atFirst = findings();
    const missed = auditSubject(stored, context, atFirst);
    unseen.push(
      ...(atFirst.count() === 0
        ? missed
        : auditSubject(await sources.subjects.again(stored.kind, stored.id), context, found)),
    );
  }
  for (const [[kind, id], transfers] of held.rest()) {
    const stored = await sources.subjects.again(kind, id);
    unseen.push(...auditSubject(stored, { transfers, leastVersion: 0 }, found));
  }
  await auditUnseen(current, unseen);
}

function eventsOf(stored: StoredSubject): number {
  return stored.kind === 'conversion' ? 0 : stored.events.length;
}

/** As many transfers as are asked for at once. */
const foundAtOnce = 100;

/** What was made of the events but not among the transfers: looked up by its keys. */
async function auditUnseen(
  { sources, found, reading }: Look,
  unseen: readonly OwnTransfer[],
): Promise<void> {
  for await (const some of reading(chunks(unseen, foundAtOnce))) {
    const stored = await sources.findTransfers(some.map(({ transfer }) => transfer));
    const byId = new Map(stored.map((transfer) => [transfer.id, transfer]));
    for (const { owner, transfer } of some) {
      checkTransfer(transfer, byId.get(transfer.id) ?? null, (finding) =>
        found.add({ tenant: transfer.tenant, [owner.kind]: owner.id, ...finding }),
      );
    }
  }
}

async function* chunks<T>(items: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}

/** What should have been in a link by its time: the links are read once more before it is told. */
async function auditLate(
  { sources: { ledger }, found, reading }: Look,
  late: readonly Transfer[],
): Promise<void> {
  const byBook = Map.groupBy(late, ({ tenant, currency }) => JSON.stringify([tenant, currency]));
  for (const transfers of byBook.values()) {
    const missing = new Map(transfers.map((transfer) => [transfer.id, transfer]));
    const { tenant, currency } = transfers[0] as Transfer;
    for await (const link of reading(ledger.chain(tenant, currency))) {
      for (const { id } of link.transfers) {
        missing.delete(id);
      }
    }
    for (const transfer of missing.values()) {
      addWrong('unfolded_transfer', transfer, `of ${transfer.time} is in no book`, found);
    }
  }
}
