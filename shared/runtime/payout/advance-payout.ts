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

type ReadPayout = (load: LoadPayout) => Promise<Payout>;
type DecidePayout = (payout: Payout, stamp: Stamp) => PayoutChange | null;

/** The changes that the house counts. */
const counted: Partial<Record<PayoutEventType, MetricName>> = {
  'payout.paid': 'PayoutPaid',
  'payout.failed': 'PayoutFailed',
  'payout.outcome_unknown': 'OutcomeUnknown',
  'payout.parked': 'OutcomeParked',
};

/** Decisions taken anew when another writer came first; more than this many is a fault. */
const attemptsOfTask = 5;

/**
 * Changes a payout once, however often it is called, whoever else does:
 * 1. read it
 * 2. decide: a change, or null when what is to be done was done
 * 3. write it at the version that was read; when another writer came first, start again at 1
 *
 * @returns the payout with the change in it
 * @throws Refusal `InsufficientFunds` when the change takes more than is available
 * @throws Error when others came first at each attempt: a fault
 */
export async function updatePayout(
  deps: AdvancePayoutDependencies,
  read: ReadPayout,
  decide: DecidePayout,
): Promise<Payout> {
  const payout = await tryUpdatePayout(deps, read, decide, attemptsOfTask);
  if (!payout) {
    throw new Error(`the payout was changed by others ${attemptsOfTask} times`);
  }
  return payout;
}

/** The same. @returns null when others came first at each attempt: nothing was written */
export async function tryUpdatePayout(
  { load, append, nextStamp }: AdvancePayoutDependencies,
  read: ReadPayout,
  decide: DecidePayout,
  attempts: number,
): Promise<Payout | null> {
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
  return null;
}

/** A payout that must be there. @throws Error when it is not: a fault */
export async function loadStoredPayout(load: LoadPayout, id: string): Promise<Payout> {
  const payout = await load(id);
  if (!payout) {
    throw new Error(`payout ${id} is not in the store`);
  }
  return payout;
}

/**
 * The change of a task of the payout saga: as `updatePayout`, for the execution that may act. From the
 * reservation on a payout belongs to the execution that made it, so that two executions of one payout
 * (EXPRESS may start two) cannot send it in one and fail it in the other. One that was resumed is for
 * another execution to take.
 *
 * @throws Refusal `Superseded` when it belongs to another execution
 */
export function advancePayout(
  deps: AdvancePayoutDependencies,
  command: PayoutCommand,
  decide: DecidePayout,
): Promise<Payout> {
  return updatePayout(
    deps,
    async (load) => {
      const payout = await loadStoredPayout(load, command.payoutId);
      const { execution, progress } = payout;
      if (execution !== null && (execution !== command.execution || progress.resumed)) {
        throw new Refusal('Superseded', 'another execution owns the payout, or will');
      }
      return payout;
    },
    decide,
  );
}

/** The same, by the first step of the saga, which may take over a payout that was resumed. */
export function claimPayout(
  deps: AdvancePayoutDependencies,
  command: PayoutCommand,
  decide: DecidePayout,
): Promise<Payout> {
  return updatePayout(
    deps,
    async (load) => {
      const payout = await loadStoredPayout(load, command.payoutId);
      const { execution, progress } = payout;
      if (execution !== null && execution !== command.execution && !progress.resumed) {
        throw new Refusal('Superseded', 'another execution owns the payout');
      }
      return payout;
    },
    decide,
  );
}
