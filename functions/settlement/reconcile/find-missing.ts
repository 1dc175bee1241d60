import type { AccountCode } from '../../../shared/domain/ledger/accounts.ts';
import { dayOf, type Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { missingBreakId } from '../../../shared/domain/settlement/break.ts';
import { decideMissing, type Known } from '../../../shared/domain/settlement/decide.ts';
import { ourSideOf, type Settled, settledBy } from '../../../shared/domain/settlement/sides.ts';
import type { Book } from '../../../shared/ports/ledger.ts';
import type { Question } from '../../../shared/ports/settlement/reconciliation.ts';
import type { ReconcileDependencies } from './dependencies.ts';
import { note, settleLine } from './settle-lines.ts';

/** What the PSP owes us: what has to come back in a file is an entry of it. */
const receivable: AccountCode = 'psp_receivable';

/** As many entries as one look at the store takes. */
const entriesAtOnce = 20;

/** Before every day that a ledger can have. */
const firstDay = '0000-01-01';

const dayMs = 24 * 60 * 60 * 1_000;

interface Scan {
  readonly provider: string;
  /** The file whose run this is. */
  readonly file: string;
  /** Where the last scan of the provider ended; null for the first. */
  readonly from: string | null;
  /** What has a later time is not due yet. */
  readonly cutOff: string;
}

/**
 * Finds what is ours and in no file:
 * 1. go through the entries of `psp_receivable` of every tenant and currency, from the day before
 *    the last scan's end up to the cut-off: an entry of then may have been on its way
 * 2. a line that came before ours did settles it now
 * 3. what a line has claimed is settled, or broken over
 * 4. what another PSP settles is not missing here
 * 5. what is left is filed as missing, once, until a line claims it
 *
 * @returns the tenants of what this file's run has filed, now or when it was run before
 */
export async function* findMissing(deps: ReconcileDependencies, scan: Scan): AsyncIterable<string> {
  for await (const book of deps.books()) {
    for await (const entries of receivableEntries(deps, book, scan)) {
      const dues = entries.flatMap((entry) => dueOf(scan.provider, entry));
      const known = await deps.store.look(dues.map(({ settled }) => questionOf(settled)));
      for (const [index, due] of dues.entries()) {
        const tenant = await lookForLine(deps, scan, due, known[index]);
        if (tenant !== null) {
          yield tenant;
        }
      }
    }
  }
}

interface Due {
  readonly settled: Settled;
  readonly paymentId: string;
}

function dueOf(provider: string, entry: Transfer): Due[] {
  const type = settledBy[entry.posting];
  const { paymentId, operationId } = entry;
  return type && paymentId !== null && operationId !== null
    ? [{ settled: { provider, type, operationId }, paymentId }]
    : [];
}

/** The tenant of what is missing by this file's run; null when nothing is, or another found it. */
async function lookForLine(
  deps: ReconcileDependencies,
  scan: Scan,
  due: Due,
  seen: Known | undefined,
): Promise<string | null> {
  const known = seen?.hasWaiting ? await settleWaiting(deps, due.settled) : seen;
  const filed = known?.breaks.get(missingBreakId(due.settled));
  if (!known || known.claim || filed) {
    return filed?.file === scan.file ? filed.tenant : null;
  }
  const payment = await deps.load(due.paymentId);
  const ours = payment && ourSideOf(payment, due.settled);
  if (!ours) {
    return null;
  }
  const change = decideMissing(due.settled, scan.file, ours, deps.now());
  if ((await deps.store.write(change)) === 'written') {
    note(deps, change);
    return ours.tenant;
  }
  // A line has claimed it, or another run has filed it: neither is ever undone.
  return lookForLine(deps, scan, due, await lookAt(deps, due.settled));
}

/** Settles what came before ours did: the first line has it, unless one of this file was faster. */
async function settleWaiting(deps: ReconcileDependencies, settled: Settled) {
  for (const line of await deps.store.waiting(settled)) {
    await settleLine(deps, line);
  }
  return lookAt(deps, settled);
}

async function lookAt({ store }: ReconcileDependencies, settled: Settled) {
  const [known] = await store.look([questionOf(settled)]);
  return known;
}

function questionOf(settled: Settled): Question {
  return { settled, breakIds: [missingBreakId(settled)] };
}

async function* receivableEntries(
  { entries }: ReconcileDependencies,
  { tenant, currency }: Pick<Book, 'tenant' | 'currency'>,
  { from, cutOff }: Scan,
): AsyncIterable<readonly Transfer[]> {
  const to = dayOf({ time: cutOff });
  // The last scan may have gone further than this file.
  const [first = to] = [from === null ? firstDay : dayBefore(from), to].sort();
  let after: string | null = null;
  do {
    const page = await entries({
      tenant,
      currency,
      account: receivable,
      from: first,
      to,
      limit: entriesAtOnce,
      after,
    });
    yield page.transfers.filter(({ time }) => time <= cutOff);
    after = page.next;
  } while (after !== null);
}

function dayBefore(time: string): string {
  return dayOf({ time: new Date(Date.parse(time) - dayMs).toISOString() });
}
