import type { GivenUpRange } from '../../contracts/dead-letters/given-up.ts';

/** A record that a function failed on when it was given it alone, with what the function threw. */
export interface Failure {
  /** Its place among the records that were redriven. */
  readonly index: number;
  readonly sequence: string;
  readonly errorName: string;
  readonly reason: string;
}

/** A range that stays, as a letter: neighbours that failed are one. */
export interface Leftover {
  readonly body: string;
  readonly errorName: string;
  readonly reason: string;
  readonly records: number;
}

/**
 * The letters of what is left of a range: one for each run of neighbours that failed, in the form in
 * which Lambda gives ranges up, with the reason of its first.
 *
 * @param body of the letter that was redriven, of the contract
 * @param failures in the order of their places
 */
export function leftoversOf(body: string, failures: readonly Failure[]): Leftover[] {
  const given = JSON.parse(body) as GivenUpRange;
  const runs: Failure[][] = [];
  for (const failure of failures) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.index === failure.index - 1) {
      run.push(failure);
    } else {
      runs.push([failure]);
    }
  }
  return runs.map((run) => {
    const [first, last] = [run[0], run.at(-1)] as [Failure, Failure];
    const narrowed = {
      ...given,
      DDBStreamBatchInfo: {
        ...given.DDBStreamBatchInfo,
        startSequenceNumber: first.sequence,
        endSequenceNumber: last.sequence,
        batchSize: run.length,
      },
    };
    const others = run.length > 1 ? ` (the first of ${run.length})` : '';
    return {
      body: JSON.stringify(narrowed),
      errorName: first.errorName,
      reason: `${first.reason}${others}`,
      records: run.length,
    };
  });
}

/** Cuts records into batches of so many, and of so many bytes, but of one record at least. */
export function batchesOf<T>(
  records: readonly T[],
  { maxRecords, maxBytes }: { readonly maxRecords: number; readonly maxBytes: number },
): T[][] {
  const batches: T[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = JSON.stringify(record).length;
    const batch = batches.at(-1);
    if (batch && batch.length < maxRecords && bytes + size <= maxBytes) {
      batch.push(record);
      bytes += size;
    } else {
      batches.push([record]);
      bytes = size;
    }
  }
  return batches;
}
