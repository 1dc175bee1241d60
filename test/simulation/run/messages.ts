import type { FaultKind } from '../kernel/faults.ts';
import type { Broken } from './run-seed.ts';
import type { Shrunk } from './shrink.ts';

/** What a worker is asked. */
export type Request =
  | { readonly kind: 'run'; readonly from: number; readonly count: number }
  | { readonly kind: 'shrink'; readonly seed: number };

/** A seed that broke an invariant. */
export interface Failure {
  readonly seed: number;
  readonly broken: Broken;
}

/** What some seeds came to, in sum. */
export interface Tally {
  readonly seeds: number;
  readonly steps: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  /** Crash points that were met, by name, and how often. */
  readonly hits: Readonly<Record<string, number>>;
  readonly checked: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
}

/** What a worker answers. */
export type Reply =
  | { readonly kind: 'ready'; readonly points: readonly string[] }
  | { readonly kind: 'ran'; readonly tally: Tally }
  | { readonly kind: 'shrunk'; readonly seed: number; readonly shrunk: Shrunk };

export const nothing: Tally = {
  seeds: 0,
  steps: 0,
  faults: {},
  hits: {},
  checked: {},
  failures: [],
};

export function sum(a: Tally, b: Tally): Tally {
  return {
    seeds: a.seeds + b.seeds,
    steps: a.steps + b.steps,
    faults: added(a.faults, b.faults),
    hits: added(a.hits, b.hits),
    checked: added(a.checked, b.checked),
    failures: [...a.failures, ...b.failures].sort((one, other) => one.seed - other.seed),
  };
}

function added(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const both = { ...a };
  for (const [name, count] of Object.entries(b)) {
    both[name] = (both[name] ?? 0) + count;
  }
  return both;
}
