import type { BreakStatus } from '../../contracts/settlement/reconciliation.ts';
import type { Break } from '../../domain/settlement/break.ts';
import type { Known, SettlementChange } from '../../domain/settlement/decide.ts';
import type { Figures, Run } from '../../domain/settlement/run.ts';
import type { FileLine, Settled } from '../../domain/settlement/sides.ts';
import type { WriteOutcome } from '../ledger.ts';

/** What is on record about one thing to be settled: who claimed it, and its breaks. */
export interface Question {
  readonly settled: Settled;
  readonly breakIds: readonly string[];
}

/** What reconciliation keeps of files. Reads are strongly consistent. */
export interface ReconciliationStore {
  /** The answers in the order of the questions; of at most 20. No two items are of one instant. */
  readonly look: (questions: readonly Question[]) => Promise<readonly Known[]>;
  /** The lines that waited for it, in the order of their files and numbers. */
  readonly waiting: (settled: Settled) => Promise<readonly FileLine[]>;
  /**
   * Writes all of a change, its transfers among it, or nothing:
   * - `refused`: it was decided on what is not so any more
   * - `insufficient_funds`: only that `merchant_available` has less by now, or `merchant_debt` is less
   */
  readonly write: (change: SettlementChange) => Promise<WriteOutcome>;
}

/** A page of a list, newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts: the last item's position; null at the end. */
  readonly next: string | null;
}

interface PageQuery {
  /** Whose list: a tenant's, or `operations`'. */
  readonly owner: string;
  readonly limit: number;
  /** The position, `<time>#<id>`, behind which the page starts; null for the first page. */
  readonly after: string | null;
}

/** The runs over settlement files. */
export interface ReconciliationRuns {
  /** Begins a run, if the file has none; gives the one that it has. */
  readonly begin: (run: Run) => Promise<Run>;
  /**
   * Ends a run: its figures, the whole and by tenant, and how far its provider's entries were gone
   * through, when they were. One that has ended stays as it is.
   */
  readonly finish: (
    run: Run,
    figures: ReadonlyMap<string, Figures>,
    scannedTo: string | null,
  ) => Promise<void>;
  /** The files of a provider that have a finished run. */
  readonly finished: (provider: string) => Promise<ReadonlySet<string>>;
  /** The latest cut-off of a provider that was gone through; null before the first. */
  readonly scannedTo: (provider: string) => Promise<string | null>;
  /** The runs, with the owner's figures. `operations` has those under way among them. */
  readonly list: (query: PageQuery) => Promise<Page<Run>>;
}

/** The breaks as people work on them. */
export interface Breaks {
  /** Follows the breaks within moments when it is asked for a status. */
  readonly list: (query: PageQuery & { readonly status?: BreakStatus }) => Promise<Page<Break>>;
  readonly get: (id: string) => Promise<Break | null>;
  /** Writes a closed break over the open one; `refused` when that is not open any more. */
  readonly resolve: (closed: Break) => Promise<'written' | 'refused'>;
}
