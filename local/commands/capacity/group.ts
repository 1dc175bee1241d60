import type { MachineType } from '../../../docs/cost/bill.ts';
import { UsageError } from '../../program/exit.ts';
import { command } from '../../program/group.ts';
import { json, number, text } from '../../program/specs.ts';

interface CapacityRequest {
  readonly rate: number | undefined;
  readonly type: MachineType;
  readonly json: boolean;
}

export const capacity = command({
  says: 'Says how many payments a second the default quotas of AWS are enough for, which is hit first, and what a rate takes and costs, by the counts of docs/cost/counts.json.',
  options: {
    rate: number('N', 'payments a second; without it, what can be had as it is', {
      most: 1_000_000,
      otherwise: undefined,
    }),
    saga: text('TYPE', 'STANDARD or EXPRESS; STANDARD unless told otherwise'),
    json,
  },
  read: ({ saga = 'STANDARD', ...given }): CapacityRequest => {
    if (saga !== 'STANDARD' && saga !== 'EXPRESS') {
      throw new UsageError(`--saga is STANDARD or EXPRESS, not ${saga}`);
    }
    return { ...given, type: saga };
  },
  run: async ({ rate, type, json: asJson }) => {
    const [{ limitsOf, planOf }, { planText }, { counts: counted }] = await Promise.all([
      import('../../../docs/capacity/model.ts'),
      import('../../../docs/capacity/text.ts'),
      import('../../../docs/cost/page.ts'),
    ]);
    const counts = counted().captured.alone;
    const [first] = limitsOf(counts, type);
    const sustained = Math.floor(first?.paymentsPerSecond ?? 0);
    const plan = planOf(counts, rate ?? sustained, type);
    if (asJson) {
      const exceeded = plan.exceeded.map(({ quota: { service, what, limit, remedy }, needed }) => ({
        service,
        what,
        limit,
        needed,
        remedy,
      }));
      const said = { sustained, first: first?.quota.what, ...plan, exceeded };
      console.log(JSON.stringify(said));
    } else {
      console.log(
        `As it is: ${sustained} payments a second; first comes ${first?.quota.what} (${first?.quota.service}).\n`,
      );
      console.log(planText(plan));
    }
    return 0;
  },
});
