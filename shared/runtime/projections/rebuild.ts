import {
  begin,
  forget,
  type ProjectionAct,
  type ProjectionControl,
  phaseOf,
  retire,
  swap,
} from '../../domain/projection/control.ts';
import type { ProjectionName } from '../../domain/projection/names.ts';
import type { ListPaymentEvents, ScanPayments } from '../../ports/payments.ts';
import {
  generationsForMs,
  type ProjectionControls,
  type ProjectionRows,
} from '../../ports/projections/projections.ts';
import { compareGenerations, type Difference } from './compare.ts';
import { fill } from './fill.ts';

/** An invocation that has read the generations may go by them until its function's time is over. */
export const longestInvocationMs = 10_000;

/** After a change of the generations: until each process goes by it, and what was under way is done. */
export const settleMs = generationsForMs + longestInvocationMs + 5_000;

/** What a rebuild tells while it goes on. */
export type RebuildStep =
  | { readonly kind: 'began' | 'goes_on'; readonly generation: number }
  | { readonly kind: 'waits'; readonly ms: number; readonly until: string }
  | { readonly kind: 'took'; readonly payments: number; readonly events: number }
  | { readonly kind: 'compared'; readonly rows: number }
  | { readonly kind: 'swapped'; readonly generation: number }
  | { readonly kind: 'deleted'; readonly generation: number; readonly rows: number };

export interface RebuildDependencies {
  readonly controls: ProjectionControls;
  readonly rows: ProjectionRows;
  readonly scan: ScanPayments;
  readonly events: ListPaymentEvents;
  readonly pause: (ms: number) => Promise<void>;
  readonly act: () => ProjectionAct;
  readonly tell: (step: RebuildStep) => void;
}

/**
 * - `live`: readers read this generation, and the one before it is gone
 * - `different`: it is built and is not what the live one is; neither is changed
 */
export type Rebuilt =
  | { readonly kind: 'live'; readonly generation: number }
  | {
      readonly kind: 'different';
      readonly generation: number;
      readonly differences: readonly Difference[];
    };

/**
 * Makes a projection anew beside the live one, and puts it in its place:
 * 1. put a generation of a new number beside the live one; one that was begun is gone on with
 * 2. wait until all projectors write it: each event that is written from now on comes into it by them
 * 3. go through all payments, and take each event that they have into it, as the projectors do
 * 4. if asked to, compare it with the live one, and end here where they differ
 * 5. swap: readers read it; the one before is written on for those that do not know of it yet
 * 6. wait until all readers know, then stop writing the one before
 * 7. wait until nobody writes it, then delete its rows
 *
 * Each step is on record before the next one, and is the same done twice: wherever a run ends, another one
 * goes on, also beside it.
 *
 * @throws Error when the rebuild is given up meanwhile
 */
export async function rebuild(
  deps: RebuildDependencies,
  name: ProjectionName,
  { isCompared = false }: { readonly isCompared?: boolean } = {},
): Promise<Rebuilt> {
  let ours: number | null = null;
  let isDone = false;
  for (;;) {
    const control = await deps.controls.read(name);
    const { live, beside, leaving } = control;
    if (ours !== null && beside !== ours && live < ours) {
      throw new Error(`generation ${ours} of ${name} was given up meanwhile`);
    }
    switch (phaseOf(control)) {
      case 'idle': {
        if (isDone || (ours !== null && live >= ours)) {
          return { kind: 'live', generation: live };
        }
        const begun = begin(control, deps.act());
        if (await deps.controls.write(begun)) {
          deps.tell({ kind: 'began', generation: begun.last });
          ours = begun.last;
        }
        break;
      }
      case 'building': {
        const generation = beside as number;
        ours ??= tellGoingOn(deps, generation);
        if (!(await isFilled(deps, control, generation))) {
          break;
        }
        if (isCompared) {
          const differences = await differencesOf(deps, live, generation);
          if (differences.length > 0) {
            return { kind: 'different', generation, differences };
          }
        }
        if (await deps.controls.write(swap(control, deps.act()))) {
          deps.tell({ kind: 'swapped', generation });
        }
        break;
      }
      case 'swapped': {
        await settle(deps, 'all readers know of it');
        await deps.controls.write(retire(control));
        isDone = true;
        break;
      }
      case 'retiring': {
        await clear(deps, control);
        // What is left of one that was given up is no end of this one.
        isDone ||= (leaving as number) < live;
        break;
      }
    }
  }
}

/**
 * Deletes the rows of the generation that leaves, and puts on record that they are gone.
 */
export async function clear(
  deps: Pick<RebuildDependencies, 'controls' | 'rows' | 'pause' | 'tell'>,
  control: ProjectionControl,
): Promise<void> {
  const generation = control.leaving as number;
  await settle(deps, 'nobody writes the one that leaves');
  const rows = await deps.rows.clear(generation);
  if (await deps.controls.write(forget(control))) {
    deps.tell({ kind: 'deleted', generation, rows });
  }
}

function tellGoingOn({ tell }: RebuildDependencies, generation: number): number {
  tell({ kind: 'goes_on', generation });
  return generation;
}

/** Takes all events into a generation; false when it is no longer the one to be built. */
async function isFilled(
  deps: RebuildDependencies,
  { name }: ProjectionControl,
  generation: number,
): Promise<boolean> {
  await settle(deps, 'all projectors write it');
  return fill(
    { ...deps, isWanted: async () => (await deps.controls.read(name)).beside === generation },
    generation,
  );
}

async function differencesOf(
  { rows, pause, tell }: RebuildDependencies,
  live: number,
  built: number,
): Promise<readonly Difference[]> {
  const compared = await compareGenerations({ rows, pause }, live, built);
  tell({ kind: 'compared', rows: compared.rows });
  return compared.differences;
}

async function settle(
  { pause, tell }: Pick<RebuildDependencies, 'pause' | 'tell'>,
  until: string,
): Promise<void> {
  tell({ kind: 'waits', ms: settleMs, until });
  await pause(settleMs);
}
