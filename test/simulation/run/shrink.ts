import type { Broken, RunOptions, RunResult } from './run-seed.ts';

/** A failure with as little around it as it needs. */
export interface Shrunk {
  readonly broken: Broken;
  /** The faults without which it does not happen, by name. */
  readonly faults: readonly string[];
  /** What clients have to do for it. */
  readonly commands: readonly string[];
  /** How many runs that took. */
  readonly runs: number;
  readonly text: string;
}

/** More runs than this are not worth the wait: what is there by then is short enough to read. */
const mostRuns = 600;

/**
 * Makes a failing run shorter: leaves out faults, then what clients do, then faults again, as long as
 * the same invariant breaks. Source: A. Zeller, R. Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input" (ddmin).
 *
 * @throws Error when the run does not fail
 */
export async function shrink(
  options: RunOptions,
  run: (options: RunOptions) => Promise<RunResult>,
): Promise<Shrunk> {
  let runs = 0;
  const first = await run(options);
  if (!first.broken) {
    throw new Error(`seed ${options.seed} does not fail`);
  }
  const { invariant } = first.broken;
  const fails = async (faults: readonly string[], commands: readonly string[]) => {
    runs += 1;
    const { broken } = await run({
      ...options,
      faults: new Set(faults),
      commands: new Set(commands),
    });
    return broken?.invariant === invariant;
  };
  const left = () => runs < mostRuns;
  let faults: readonly string[] = [...first.faults.keys()];
  let commands: readonly string[] = first.commands;
  for (let before = -1; before !== faults.length + commands.length && left(); ) {
    before = faults.length + commands.length;
    faults = await least(faults, (some) => fails(some, commands), left);
    commands = await least(commands, (some) => fails(faults, some), left);
  }
  const last = await run({ ...options, faults: new Set(faults), commands: new Set(commands) });
  return {
    broken: last.broken ?? first.broken,
    faults,
    commands,
    runs,
    text: last.text(),
  };
}

/** A part of a list that still fails, and of which nothing can be left out any more. */
async function least(
  all: readonly string[],
  fails: (some: readonly string[]) => Promise<boolean>,
  left: () => boolean,
): Promise<readonly string[]> {
  if (await fails([])) {
    return [];
  }
  let kept = all;
  for (let parts = 2; kept.length > 1 && left(); ) {
    const size = Math.ceil(kept.length / parts);
    let found: readonly string[] | null = null;
    for (let from = 0; from < kept.length && !found && left(); from += size) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      found = (await fails(without)) ? without : null;
    }
    if (found) {
      kept = found;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) {
      break;
    } else {
      parts = Math.min(kept.length, parts * 2);
    }
  }
  return kept;
}
