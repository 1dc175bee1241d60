import { operationsTenant, unreadableBreak } from '../../../shared/domain/settlement/break.ts';
import { decideUnreadable } from '../../../shared/domain/settlement/decide.ts';
import {
  beginRun,
  endRun,
  noFigures,
  type Run,
  Tally,
} from '../../../shared/domain/settlement/run.ts';
import type { FileLine } from '../../../shared/domain/settlement/sides.ts';
import type { StoredFile } from '../../../shared/ports/settlement/settlement-files.ts';
import type { ReconcileDependencies } from './dependencies.ts';
import { findMissing } from './find-missing.ts';
import { maxFileBytes, type ParsedLine, parseFile } from './parse-file.ts';
import { note, settleLines } from './settle-lines.ts';

/** As many lines of one file are filed as unreadable; it takes no more to see what is wrong with it. */
const maxUnreadable = 1_000;

/** A file to reconcile. */
export interface FileToReconcile {
  readonly provider: string;
  readonly stored: StoredFile;
  /**
   * RFC 3339: what was ours by then has to be in this file, or one before it; null when a newer file
   * may have it.
   */
  readonly cutOff: string | null;
}

/**
 * Reconciles one file. A run that died is begun again, and ends as it would have:
 * 1. begin the run, or take up the one that was begun, with its cut-off
 * 2. read the file. One that is too large, or has another header, is one break, and says nothing
 *    about what is missing
 * 3. file each line that cannot be read
 * 4. settle the others: each is posted, or a break
 * 5. file what is ours by the cut-off and has no line
 * 6. end the run, with its figures
 */
export async function reconcileFile(
  deps: ReconcileDependencies,
  { provider, stored, cutOff }: FileToReconcile,
): Promise<Run> {
  const file = stored.key;
  const run = await deps.runs.begin(beginRun({ provider, file, cutOff }, deps.now()));
  if (run.status === 'finished') {
    return run;
  }
  const tally = new Tally();
  const parsed = await read(deps, stored);
  if (parsed === null) {
    await fileUnreadable(deps, run, null);
    tally.broken('unreadable_line', null);
    return finish(deps, run, tally, null);
  }
  const unreadable = parsed.filter(({ record }) => record === null);
  for (const [index, { number }] of unreadable.entries()) {
    if (index < maxUnreadable) {
      await fileUnreadable(deps, run, number);
    }
    tally.line(null);
  }
  const lines = parsed.flatMap(({ number, record }): FileLine[] =>
    record ? [{ provider, file, number, record }] : [],
  );
  for await (const result of settleLines(deps, lines)) {
    tally.line(result);
  }
  if (run.cutOff !== null) {
    const from = await deps.runs.scannedTo(provider);
    for await (const tenant of findMissing(deps, { provider, file, from, cutOff: run.cutOff })) {
      tally.broken('missing_line', tenant);
    }
  }
  return finish(deps, run, tally, run.cutOff);
}

/** The lines of a file; null for one that cannot be read as a whole. */
async function read(
  { files }: Pick<ReconcileDependencies, 'files'>,
  { key, bytes }: StoredFile,
): Promise<readonly ParsedLine[] | null> {
  if (bytes > maxFileBytes) {
    return null;
  }
  const text = await files.get(key);
  if (text === null) {
    throw new Error(`the file ${key} was listed, and is not there`);
  }
  return parseFile(text);
}

/** Files a line, or with `number` null a whole file, that cannot be read: once, whoever comes again. */
async function fileUnreadable(
  deps: ReconcileDependencies,
  { provider, file }: Run,
  number: number | null,
): Promise<void> {
  const change = decideUnreadable(unreadableBreak({ provider, file, number }, deps.now()));
  if ((await deps.store.write(change)) === 'written') {
    note(deps, change);
  }
}

async function finish(
  { runs, now }: ReconcileDependencies,
  run: Run,
  tally: Tally,
  scannedTo: string | null,
): Promise<Run> {
  const figures = tally.byTenant;
  const ended = endRun(run, figures.get(operationsTenant) ?? noFigures, now());
  await runs.finish(ended, figures, scannedTo);
  return ended;
}
