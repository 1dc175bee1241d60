import { parseArgs } from 'node:util';
import { UsageError } from '../arguments.ts';

interface SimulateArguments {
  readonly from: number;
  readonly seeds: number;
  readonly workers: number | undefined;
  readonly bug: string | undefined;
  readonly json: boolean;
}

/**
 * `[--seeds N] [--from S] [--seed S] [--bug NAME] [--workers W] [--json]`
 *
 * @throws {UsageError} for anything else
 */
export function parseSimulate(args: readonly string[]): SimulateArguments {
  const text = { type: 'string' } as const;
  let values: Partial<Record<'seeds' | 'from' | 'seed' | 'bug' | 'workers', string>> & {
    json?: boolean;
  };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        seeds: text,
        from: text,
        seed: text,
        bug: text,
        workers: text,
        json: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { seed, bug, json = false } = values;
  if (seed !== undefined && (values.seeds !== undefined || values.from !== undefined)) {
    throw new UsageError('--seed is one seed; --seeds and --from are many');
  }
  return {
    from: wholeNumber('--from', seed ?? values.from ?? '1'),
    seeds: seed === undefined ? wholeNumber('--seeds', values.seeds ?? '1000') : 1,
    workers: values.workers === undefined ? undefined : wholeNumber('--workers', values.workers),
    bug,
    json,
  };
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < 1) {
    throw new UsageError(`${option} is a whole number from 1: ${text}`);
  }
  return number;
}

/**
 * Runs the pipeline in virtual time, seed by seed, with all that can go wrong, and prints what came of
 * it. A seed that breaks an invariant is made shorter, and told as a time line.
 *
 * @returns 1 when an invariant broke; with a bug planted, 1 when none did
 */
export async function simulateCommand(args: readonly string[]): Promise<number> {
  const { from, seeds, workers, bug: name, json } = parseSimulate(args);
  const [{ bugs }, { simulate }, { jsonOf, textOf }] = await Promise.all([
    import('../../test/simulation/bugs/bugs.ts'),
    import('../../test/simulation/run/simulate.ts'),
    import('../../test/simulation/run/report.ts'),
  ]);
  const bug = bugs.find((candidate) => candidate.name === name) ?? null;
  if (name !== undefined && bug === null) {
    throw new UsageError(
      `no bug ${name}; there are ${bugs.map((candidate) => candidate.name).join(', ')}`,
    );
  }
  const report = await simulate({
    from,
    seeds,
    bug,
    untilFailure: bug !== null,
    ...(workers === undefined ? {} : { workers }),
  });
  console.log(json ? jsonOf(report) : textOf(report));
  const broke = report.failures.length > 0;
  return broke === (bug !== null) ? 0 : 1;
}
