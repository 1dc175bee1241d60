/**
 * What the pipeline promises (decisions/0035). What takes longer is counted where it is measured, so
 * that an alarm need not know how long things took.
 */
export const objectives = {
  /** 99.9 % of `POST /payments` are answered within it, and not by 5xx. */
  accept: { withinMs: 1_000, goal: 0.999 },
  /** 99 % of payments settle within it. */
  settle: { withinMs: 60_000, goal: 0.99 },
} as const;
