import { batchesOf, type Failure } from '../../domain/dead-letter/range.ts';
import type { BatchAnswer, StreamRecord } from '../../ports/dead-letters.ts';

/** What one invocation takes is 6 MB, with what stands around the records. */
const maxBytes = 5_000_000;

/**
 * As many records in a row that failed each by itself: then it is the function that fails, and what is
 * behind them is not tried.
 */
const hopelessAfter = 5;

/**
 * Gives a function the records of a range, in their order, so that what it fails on is parted from its
 * neighbours:
 * 1. as many at a time as its mapping gives it
 * 2. of a batch that stopped, what is behind the records that are done
 * 3. of a batch that failed, one half after the other, down to a single record
 *
 * @returns the records that stay, in their order
 */
export async function redriveRange(
  invoke: (records: readonly StreamRecord[]) => Promise<BatchAnswer>,
  records: readonly StreamRecord[],
  maxRecords: number,
): Promise<Failure[]> {
  const placed = records.map((of, index) => ({ of, index }));
  const pending = batchesOf(placed, { maxRecords, maxBytes });
  const failures: Failure[] = [];
  let inARow = 0;
  for (let batch = pending.shift(); batch !== undefined; batch = pending.shift()) {
    if (inARow >= hopelessAfter) {
      failures.push(...batch.map(untried));
      continue;
    }
    const answer = await invoke(batch.map(({ of }) => of));
    if (answer.kind === 'done') {
      inARow = 0;
    } else if (answer.kind === 'stopped') {
      inARow = 0;
      pending.unshift(batch.slice(answer.done));
    } else if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      pending.unshift(batch.slice(0, middle), batch.slice(middle));
    } else {
      inARow += 1;
      const { errorName, reason } = answer;
      failures.push(...batch.map(({ of, index }) => failure(of, index, errorName, reason)));
    }
  }
  return failures;
}

function untried({ of, index }: { readonly of: StreamRecord; readonly index: number }): Failure {
  return failure(of, index, 'NotTried', `${hopelessAfter} records before it failed, one by one`);
}

function failure(
  { sequence }: StreamRecord,
  index: number,
  errorName: string,
  reason: string,
): Failure {
  return { index, sequence, errorName, reason };
}
