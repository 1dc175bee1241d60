/**
 * Whose word a moment is, in the order of those of one instant: an answer of the PSP comes before the
 * event that says it, and the postings come with that.
 */
export const sources = ['saga', 'psp', 'event', 'posting', 'webhook'] as const;
export type Source = (typeof sources)[number];

/** Something that happened, when, and in words. */
export interface Moment {
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  readonly source: Source;
  readonly says: string;
  /** By what it is found elsewhere: an event's number, an execution, an operation, a transfer. */
  readonly refers: Readonly<Record<string, string | number>>;
  /** True where something is not as it has to be, or did not succeed. */
  readonly isWrong?: true;
}

/** A duration for people: `0.35 s`. */
export function secondsText(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

/** Those of all, by their time; of one instant by their source, and else in the order given. */
export function inOrder(moments: readonly Moment[]): Moment[] {
  const rank = ({ source }: Moment) => sources.indexOf(source);
  return [...moments].sort((a, b) =>
    a.time === b.time ? rank(a) - rank(b) : a.time < b.time ? -1 : 1,
  );
}
