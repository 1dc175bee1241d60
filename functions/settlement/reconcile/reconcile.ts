import { settlementPrefix } from '../../../shared/contracts/settlement/settlement.ts';
import type { Run } from '../../../shared/domain/settlement/run.ts';
import type { StoredFile } from '../../../shared/ports/settlement/settlement-files.ts';
import type { ReconcileDependencies } from './dependencies.ts';
import { reconcileFile } from './reconcile-file.ts';

/**
 * How much before its file's time a PSP may have drawn the line, or its clock or ours be off: what
 * we have from these minutes is looked for in the next file.
 */
const cutOffMarginMs = 10 * 60 * 1_000;

/** What is to be reconciled. */
export interface Reconciliation {
  readonly providers: readonly string[];
  /** Up to when the newest file has to have everything of ours. Absent: up to a margin before it. */
  readonly cutOff?: string;
}

/**
 * Reconciles every file that has no finished run:
 * 1. list the files of each provider, and leave out those that are done
 * 2. run the others, the oldest first. What is missing is found by the newest: what one does not
 *    have the next may
 *
 * A fault ends it: the files behind it wait for the next time, as would what they may settle.
 *
 * @returns the runs, in their order
 */
export async function reconcile(
  deps: ReconcileDependencies,
  { providers, cutOff }: Reconciliation,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const provider of providers) {
    const [listed, finished] = await Promise.all([
      deps.files.list(settlementPrefix(provider)),
      deps.runs.finished(provider),
    ]);
    const left = listed.filter(({ key }) => !finished.has(key)).sort(oldestFirst);
    for (const [index, stored] of left.entries()) {
      const isNewest = index === left.length - 1;
      const upTo = isNewest ? (cutOff ?? beforeMargin(stored)) : null;
      runs.push(await reconcileFile(deps, { provider, stored, cutOff: upTo }));
    }
  }
  return runs;
}

function oldestFirst(a: StoredFile, b: StoredFile): number {
  return `${a.modified}#${a.key}` < `${b.modified}#${b.key}` ? -1 : 1;
}

function beforeMargin({ modified }: StoredFile): string {
  return new Date(Date.parse(modified) - cutOffMarginMs).toISOString();
}
