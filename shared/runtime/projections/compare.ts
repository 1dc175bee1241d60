import { createHash } from 'node:crypto';
import type { ProjectionRow, ProjectionRows } from '../../ports/projections/projections.ts';

/** Rows of two generations that should be the same. */
export interface Difference {
  readonly key: string;
  /** Null where the generation has no such row. */
  readonly live: string | null;
  readonly built: string | null;
}

/** An event that is on its way is in the newer generation first, and moments later in the other. */
const tries = 5;
const pauseMs = 500;

/**
 * Compares two generations while events come into both: rows that differ are read again, until they are
 * the same or stay different for seconds.
 *
 * @returns how many rows were compared
 */
export async function compareGenerations(
  { rows, pause }: { readonly rows: ProjectionRows; readonly pause: (ms: number) => Promise<void> },
  live: number,
  built: number,
): Promise<{ readonly rows: number; readonly differences: readonly Difference[] }> {
  const digests = new Map<string, string>();
  for await (const row of rows.rows(live)) {
    digests.set(row.key, digestOf(row));
  }
  let compared = digests.size;
  const suspects: string[] = [];
  for await (const row of rows.rows(built)) {
    const digest = digests.get(row.key);
    compared += digest === undefined ? 1 : 0;
    if (digest !== digestOf(row)) {
      suspects.push(row.key);
    }
    digests.delete(row.key);
  }
  const differences: Difference[] = [];
  for (const key of [...suspects, ...digests.keys()]) {
    const difference = await differenceAt({ rows, pause }, key, live, built);
    differences.push(...(difference ? [difference] : []));
  }
  return { rows: compared, differences };
}

async function differenceAt(
  { rows, pause }: Parameters<typeof compareGenerations>[0],
  key: string,
  live: number,
  built: number,
): Promise<Difference | null> {
  for (let tried = 1; ; tried++) {
    const [is, shouldBe] = await Promise.all([rows.row(live, key), rows.row(built, key)]);
    const difference = { key, live: is?.value ?? null, built: shouldBe?.value ?? null };
    if (difference.live === difference.built) {
      return null;
    }
    if (tried === tries) {
      return difference;
    }
    await pause(pauseMs);
  }
}

/** Of a million rows, as little as tells them apart. */
function digestOf({ value }: ProjectionRow): string {
  return createHash('sha256').update(value).digest('base64');
}
