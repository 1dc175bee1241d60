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
  const positions = records.map(({ sequence }) => positionOf(sequence));
  if (positions.some((position, index) => index > 0 && position <= (positions[index - 1] ?? ''))) {
    throw new RangeError('the records of a shard are out of order');
  }
  const from = taken === null ? 0 : positions.findIndex((position) => position > taken);
  const first = positions[from];
  const last = positions.at(-1);
  return first === undefined || last === undefined
    ? null
    : { records: records.slice(from), first, last };
}
