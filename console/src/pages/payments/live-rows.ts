/** What of a list is shown, while it is read again and again. */
export interface LiveRows<Row> {
  readonly rows: readonly Row[];
  /** Those that came after the list was opened. */
  readonly fresh: ReadonlySet<string>;
  /** How many have come that are not shown yet. */
  readonly held: number;
}

/**
 * The rows after a new reading. Those that are shown take what is new of them at once; while somebody
 * points at the list no row moves, and what has come waits.
 *
 * @param before null: the list is opened
 * @param isPointedAt true while no row may move
 */
export function liveRows<Row extends { readonly id: string }>(
  before: LiveRows<Row> | null,
  read: readonly Row[],
  isPointedAt: boolean,
): LiveRows<Row> {
  if (before === null) {
    return { rows: read, fresh: new Set(), held: 0 };
  }
  const known = new Set(before.rows.map(({ id }) => id));
  const come = read.filter(({ id }) => !known.has(id));
  if (isPointedAt) {
    const now = new Map(read.map((row) => [row.id, row]));
    return {
      rows: before.rows.map((row) => now.get(row.id) ?? row),
      fresh: before.fresh,
      held: come.length,
    };
  }
  const shown = new Set(read.map(({ id }) => id));
  const fresh = [...before.fresh, ...come.map(({ id }) => id)].filter((id) => shown.has(id));
  return { rows: read, fresh: new Set(fresh), held: 0 };
}
