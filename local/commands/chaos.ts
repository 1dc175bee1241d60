import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { numberOption, UsageError } from '../arguments.ts';

interface ChaosOrder {
  readonly payments: number;
  readonly seed: number;
  readonly json: boolean;
  /** Where the run is written as a section of docs/proof.md; null: nowhere. */
  readonly report: string | null;
}

const most = { payments: 1_000, seed: 2 ** 31 } as const;

/**
 * `[--payments N] [--seed N] [--json] [--report FILE]`; 200 payments with seed 1.
 *
 * @throws {UsageError} for anything else
 */
export function parseChaos(args: readonly string[]): ChaosOrder {
  let values: {
    payments: string;
    seed: string;
    json: boolean;
    report?: string | undefined;
  };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        payments: { type: 'string', default: '200' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        report: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const number = (name: keyof typeof most) => numberOption(name, values[name], most[name]);
  const { json, report = null } = values;
  return { payments: number('payments'), seed: number('seed'), json, report };
}

/**
 * Lets chaos loose on a LocalStack of its own, holds what is left against the 14 invariants, and prints
 * what was counted.
 *
 * @returns 1 when one does not hold, a dead letter is not explained, or it is not quiet in time
 */
export async function chaosCommand(args: readonly string[]): Promise<number> {
  const { payments, seed, json, report } = parseChaos(args);
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
  console.log(json ? JSON.stringify(run, textOfBigints) : describeRun(run).join('\n'));
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
