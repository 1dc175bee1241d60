import type { PayoutEventType } from '../../contracts/events/payout-events.ts';
import type { Stamp } from '../../domain/payment/change.ts';
import type { PayoutChange } from '../../domain/payout/change.ts';
import type { Payout } from '../../domain/payout/state.ts';
import { Refusal } from '../../domain/saga/refusal.ts';
import type { AppendPayout, LoadPayout } from '../../ports/payouts/payouts.ts';
import { count, type MetricName } from '../observability.ts';
import type { NextStamp } from '../stamp.ts';
import type { PayoutCommand } from './payout-task.ts';

/** What changes a payout. */
export interface AdvancePayoutDependencies {
  readonly load: LoadPayout;
  readonly append: AppendPayout;
  readonly nextStamp: NextStamp;
}

/** The changes that the house counts. */
const counted: Partial<Record<PayoutEventType, MetricName>> = {
  'payout.paid': 'PayoutPaid',
  'payout.failed': 'PayoutFailed',
  'payout.outcome_unknown': 'OutcomeUnknown',
};

/** Decisions taken anew when another writer came first; more than this many is a fault. */
const attempts = 5;

/**
 * Changes a payout once, however often it is called, whoever else does:
 * 1. read it
 * 2. decide: a change, or null when what is to be done was done
 * 3. write it at the version that was read; when another writer came first, start again at 1
 *
 * @returns the payout with the change in it
 * @throws Refusal `InsufficientFunds` when the change takes more than is available
 */
export async function updatePayout(
  { load, append, nextStamp }: AdvancePayoutDependencies,
  read: (load: LoadPayout) => Promise<Payout>,
  decide: (payout: Payout, stamp: Stamp) => PayoutChange | null,
): Promise<Payout> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const payout = await read(load);
    const change = decide(payout, nextStamp());
    if (!change) {
      return payout;
    }
    const answer = await append(change);
    if (answer === 'insufficient_funds') {
      throw new Refusal('InsufficientFunds', 'less is available than is to be paid out');
    }
    if (answer === 'written') {
      const metric = counted[change.event.type];
      if (metric) {
        count(metric);
      }
      return change.after;
    }
  }
  throw new Error(`the payout was changed by others ${attempts} times`);
}

/**
 * The payout, if this execution may act on it. From the reservation on a payout belongs to the
 * execution that made it, so that two executions of one payout (EXPRESS may start two) cannot send
 * it in one and fail it in the other.
 *
 * @throws Refusal `Superseded` when it belongs to another execution
 */
export async function loadOwnedPayout(load: LoadPayout, command: PayoutCommand): Promise<Payout> {
  const payout = await load(command.payoutId);
  if (!payout) {
    throw new Error(`payout ${command.payoutId} is not in the store`);
  }
  if (payout.execution !== null && payout.execution !== command.execution) {
    throw new Refusal('Superseded', 'another execution owns the payout');
  }
  return payout;
}

/** The change of a task of the payout saga: as `updatePayout`, for the execution that may act. */
export function advancePayout(
  deps: AdvancePayoutDependencies,
  command: PayoutCommand,
  decide: (payout: Payout, stamp: Stamp) => PayoutChange | null,
): Promise<Payout> {
  return updatePayout(deps, (load) => loadOwnedPayout(load, command), decide);
}
