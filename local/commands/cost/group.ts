import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineType } from '../../../docs/cost/bill.ts';
import { repository } from '../../install/toolchain.mjs';
import { UsageError } from '../../program/exit.ts';
import { command } from '../../program/group.ts';
import { flag, json, number, text } from '../../program/specs.ts';

interface CostOrder {
  readonly payments: number;
  readonly saga: MachineType | null;
  readonly write: boolean;
  readonly json: boolean;
}

/** So many at once, for what is shared in batches. */
const together = 20;

export const cost = command({
  says: 'Counts on a LocalStack of its own what a payment takes of each service of AWS, on the ways that succeed and those that fail, and prices it.',
  options: {
    payments: number('N', 'of each way, one after the other', { most: 100, otherwise: 5 }),
    saga: text('TYPE', 'STANDARD or EXPRESS alone'),
    write: flag('keeps the counts in docs/cost/counts.json; npm run docs makes the page of them'),
    json,
  },
  read: ({ saga, ...given }): CostOrder => ({ ...given, saga: machineTypeOf(saga) }),
  run: countAndPrice,
});

/** @throws {UsageError} for another */
function machineTypeOf(given: string | undefined): MachineType | null {
  if (given === undefined || given === 'STANDARD' || given === 'EXPRESS') {
    return given ?? null;
  }
  throw new UsageError(`--saga is STANDARD or EXPRESS, not ${given}`);
}

async function countAndPrice({ payments, saga, write, json: asJson }: CostOrder): Promise<number> {
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_TRACE_ENABLED: 'false',
  });
  const [{ countCosts }, { costJson, costText }] = await Promise.all([
    import('../../../test/cost/run.ts'),
    import('./text.ts'),
  ]);
  // What is being done is no part of what is printed.
  const counted = await countCosts({ payments, together, say: (line) => console.error(line) });
  if (write) {
    const file = join(repository, 'docs', 'cost', 'counts.json');
    writeFileSync(file, `${JSON.stringify(counted, null, 2)}\n`);
  }
  console.log(asJson ? JSON.stringify(costJson(counted, saga)) : costText(counted, saga));
  return 0;
}
