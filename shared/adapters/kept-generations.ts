import { generationsOf } from '../domain/projection/control.ts';
import type { ProjectionName } from '../domain/projection/names.ts';
import {
  type Generations,
  generationsForMs,
  type ProjectionControls,
  type ReadGenerations,
} from '../ports/projections/projections.ts';

/**
 * Two clocks, as each of them can lie. The monotonic one stands still while Lambda has the process frozen
 * between two invocations, for hours; the wall clock goes on meanwhile, and can be set back.
 */
export interface Clocks {
  readonly wallMs: () => number;
  readonly monotonicMs: () => number;
}

/**
 * The generations of projections, as this process has read them at most `generationsForMs` ago by both of
 * its clocks. What is older is never gone by: where they cannot be read, nothing is read or written of a
 * projection.
 */
export function keptGenerations(
  { read }: Pick<ProjectionControls, 'read'>,
  { wallMs, monotonicMs }: Clocks,
): ReadGenerations {
  const kept = new Map<
    ProjectionName,
    {
      readonly generations: Generations;
      readonly readAtWallMs: number;
      readonly readAtMonotonicMs: number;
    }
  >();
  return async (name) => {
    const known = kept.get(name);
    // Of a wall clock that was set back nobody knows how much time it hides.
    if (
      known &&
      isWithin(wallMs() - known.readAtWallMs) &&
      isWithin(monotonicMs() - known.readAtMonotonicMs)
    ) {
      return known.generations;
    }
    // From before the read: its answer may be old when it is here.
    const readAt = { readAtWallMs: wallMs(), readAtMonotonicMs: monotonicMs() };
    const generations = generationsOf(await read(name));
    kept.set(name, { generations, ...readAt });
    return generations;
  };
}

function isWithin(passedMs: number): boolean {
  return passedMs >= 0 && passedMs < generationsForMs;
}
