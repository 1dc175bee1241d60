import { writeFileSync } from 'node:fs';
import { command } from '../program/group.ts';
import { json, number, text } from '../program/specs.ts';

interface ChaosOrder {
  readonly payments: number;
  readonly seed: number;
  readonly json: boolean;
  /** Where the run is written as a section of docs/proof.md; null: nowhere. */
  readonly report: string | null;
}

export const chaos = command({
  says: 'Lets chaos loose on a LocalStack of its own, and holds what is left against the invariants. Ends with 1 when one does not hold.',
  options: {
    payments: number('N', 'how many', { most: 1_000, otherwise: 200 }),
    seed: number('N', 'of what goes wrong', { most: 2 ** 31, otherwise: 1 }),
    report: text('FILE', 'where the run is written as a section of docs/proof.md'),
    json,
  },
  read: ({ report = null, ...given }): ChaosOrder => ({ ...given, report }),
  run: chaosCommand,
});

/**
 * Lets chaos loose on a LocalStack of its own, holds what is left against the 14 invariants, and prints
 * what was counted.
 *
 * @returns 1 when one does not hold, a dead letter is not explained, or it is not quiet in time
 */
async function chaosCommand({ payments, seed, report, json: asJson }: ChaosOrder): Promise<number> {
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_TRACE_ENABLED: 'false',
  });
  const [{ runChaos }, { holds }, { describeRun, markdownOf }] = await Promise.all([
    import('../../test/chaos/chaos.ts'),
    import('../../test/chaos/report/run.ts'),
    import('../../test/chaos/report/text.ts'),
  ]);
  // What is being done is no part of what is printed.
  const run = await runChaos({ payments, seed, say: (line) => console.error(line) });
  console.log(asJson ? JSON.stringify(run, textOfBigints) : describeRun(run).join('\n'));
  if (report !== null) {
    writeFileSync(
      report,
      markdownOf(run, `npm run chaos -- --payments ${payments} --seed ${seed}`),
    );
  }
  return holds(run) ? 0 : 1;
}

function textOfBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
