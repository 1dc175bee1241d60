/** DynamoDB documents sequence numbers as decimal strings of 21 to 40 digits. */
const maxDigits = 40;

/**
 * A sequence number of a stream as a text that sorts by its number: zeros in front, 40 digits. It
 * is far beyond what a double holds exactly, so it is never made a number.
 *
 * @throws RangeError for anything but 1 to 40 digits
 */
export function positionOf(sequence: string): string {
  if (!/^\d{1,40}$/.test(sequence)) {
    throw new RangeError('a sequence number is not 1 to 40 decimal digits');
  }
  return sequence.padStart(maxDigits, '0');
}

/** A run of records of one shard, with the shard's positions before which and at which it ends. */
export interface Run<Record> {
  readonly records: readonly Record[];
  readonly first: string;
  readonly last: string;
}

/**
 * What is left of a run when a shard has been taken up to and with `taken`; null when nothing is.
 *
 * @throws RangeError when the run is not in its shard's order: its end would then hide a gap
 */
export function untakenRun<Record extends { readonly sequence: string }>(
  records: readonly Record[],
  taken: string | null,
): Run<Record> | null {
  return runOf(records, (_, position) => taken === null || position > taken);
}

/**
 * What of a run that was given up its book does not have, wherever the shard has come to since; null
 * when it has all of it.
 *
 * @param folded the ids of the transfers that the book's chain has of the run, at least
 * @throws RangeError when the run is not in its shard's order
 */
export function unfoldedRun<
  Record extends { readonly sequence: string; readonly transfer: { readonly id: string } },
>(records: readonly Record[], folded: ReadonlySet<string>): Run<Record> | null {
  return runOf(records, ({ transfer }) => !folded.has(transfer.id));
}

/** The records of a run that are to be folded. */
function runOf<Record extends { readonly sequence: string }>(
  records: readonly Record[],
  isLeft: (record: Record, position: string) => boolean,
): Run<Record> | null {
  const positions = records.map(({ sequence }) => positionOf(sequence));
  if (positions.some((position, index) => index > 0 && position <= (positions[index - 1] ?? ''))) {
    throw new RangeError('the records of a shard are out of order');
  }
  const left = records
    .map((record, index) => ({ record, position: positions[index] ?? '' }))
    .filter(({ record, position }) => isLeft(record, position));
  const first = left[0]?.position;
  const last = left.at(-1)?.position;
  return first === undefined || last === undefined
    ? null
    : { records: left.map(({ record }) => record), first, last };
}
