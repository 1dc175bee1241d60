import { UsageError } from '../program/exit.ts';
import { command } from '../program/group.ts';
import { json, number, text } from '../program/specs.ts';

interface SimulateRequest {
  readonly from: number;
  readonly seeds: number;
  readonly workers: number | undefined;
  readonly bug: string | undefined;
  readonly json: boolean;
}

const most = 999_999_999;
const none = undefined;

export const simulate = command({
  says: 'Runs the pipeline in virtual time, seed by seed, with all that can go wrong. A seed that breaks an invariant is made shorter, and told as a time line.',
  options: {
    seeds: { ...number('N', 'how many', { most, otherwise: none }), otherwise: '1000' },
    from: { ...number('S', 'from which one on', { most, otherwise: none }), otherwise: '1' },
    seed: number('S', 'this one alone', { most, otherwise: none }),
    bug: text('NAME', 'with this bug planted, until it is found'),
    workers: number('W', 'how many processes; without it one a core', { most, otherwise: none }),
    json,
  },
  read: ({ seed, seeds, from, ...given }): SimulateRequest => {
    if (seed !== undefined && (seeds !== undefined || from !== undefined)) {
      throw new UsageError('--seed is one seed; --seeds and --from are many');
    }
    return { ...given, from: seed ?? from ?? 1, seeds: seed === undefined ? (seeds ?? 1_000) : 1 };
  },
  run: simulateCommand,
});

/**
 * Runs the pipeline in virtual time, seed by seed, with all that can go wrong, and prints what came of
 * it. A seed that breaks an invariant is made shorter, and told as a time line.
 *
 * @returns 1 when an invariant broke; with a bug planted, 1 when none did
 */
async function simulateCommand(request: SimulateRequest): Promise<number> {
  const { from, seeds, workers, bug: name } = request;
  const [{ bugs }, { simulate: run }, { jsonOf, textOf }] = await Promise.all([
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
  const report = await run({
    from,
    seeds,
    bug,
    untilFailure: bug !== null,
    ...(workers === undefined ? {} : { workers }),
  });
  console.log(request.json ? jsonOf(report) : textOf(report));
  const broke = report.failures.length > 0;
  return broke === (bug !== null) ? 0 : 1;
}
