import type { Difference } from '../../../shared/domain/audit/report.ts';
import type { Snapshot } from '../world/snapshot.ts';

/** What was done to a snapshot, and what an audit has to say of it. */
export interface Corrupted {
  readonly snapshot: Snapshot;
  /** Each of them has to be found. */
  readonly must: readonly Partial<Difference>[];
  /** Nothing else may be found. */
  readonly may: (difference: Difference) => boolean;
}

/** Corrupts one thing, by a number that picks it; null when there is none. */
export type Corruption = (snapshot: Snapshot, pick: number) => Corrupted | null;

export function pickFrom<T>(from: readonly T[], pick: number): T | undefined {
  return from[pick % Math.max(1, from.length)];
}

export function replaced<T>(items: readonly T[], item: T, by: readonly T[]): T[] {
  return items.flatMap((other) => (other === item ? by : [other]));
}
