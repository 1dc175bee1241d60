import { ApiError } from '../../../../shared/contracts/errors.ts';
import type { ParkedResource } from '../../../../shared/contracts/operations/parked.ts';
import { parkedOfPayout, WordRefused } from '../../../../shared/domain/payout/parked.ts';
import type { Payout } from '../../../../shared/domain/payout/state.ts';
import type { AppendOperatorAct } from '../../../../shared/ports/operator-log.ts';
import type { Bank } from '../../../../shared/ports/payouts/bank.ts';
import type { ListPayoutEvents } from '../../../../shared/ports/payouts/payouts.ts';
import {
  type AdvancePayoutDependencies,
  loadStoredPayout,
} from '../../../../shared/runtime/payout/advance-payout.ts';
import { askBank, type LearnedOfPayout } from '../../../../shared/runtime/payout/ask-bank.ts';
import { resolveParkedPayout } from '../../../../shared/runtime/payout/parked-payouts.ts';
import { settlePayout } from '../../../../shared/runtime/payout/settle-payout.ts';
import { payoutHistory } from '../history.ts';
import { actionsOf, resolvedPayout, waitingPayout } from '../render.ts';
import {
  admitWord,
  agrees,
  isOnEffect,
  otherwise,
  otherwiseAtPsp,
  refuseMisfit,
  refuseWrongReference,
  type Word,
} from './word.ts';

export interface ResolvePayoutDependencies extends AdvancePayoutDependencies {
  readonly events: ListPayoutEvents;
  readonly log: AppendOperatorAct;
  /** The bank, made when it is asked. */
  readonly bank: () => Pick<Bank, 'name' | 'inquire'>;
  readonly settleWindowMs: number;
}

/**
 * Takes a person's word on a parked payout, as `resolvePayment` does on what is parked of a payment.
 *
 * @throws ApiError as `resolvePayment`
 */
export function resolvePayout(deps: ResolvePayoutDependencies) {
  return async (payout: Payout, word: Word): Promise<ParkedResource> => {
    if (word.operationId !== payout.id) {
      throw new ApiError('not_found', 'The payout has no such operation.');
    }
    refuseWrongReference(word, true);
    const waiting = parkedOfPayout(payout);
    let answer: string | null = null;
    if (waiting) {
      refuseMisfit(word, actionsOf(waiting));
      if (!waiting.resolution) {
        await refuseContradiction(deps, payout, word);
        await admitWord(deps, waitingPayout(payout, waiting, null), word);
      }
      answer = await take(deps, payout, word);
    }
    return shown(deps, payout.id, word, answer);
  };
}

/** @throws ApiError `invalid_state` when the bank, asked again, says otherwise */
async function refuseContradiction(
  deps: ResolvePayoutDependencies,
  payout: Payout,
  word: Word,
): Promise<void> {
  if (!payout.unknown || !isOnEffect(word)) {
    return;
  }
  const learned = await asked(deps, payout, payout.unknown.since);
  const agreed =
    learned.kind === 'accepted'
      ? word.outcome === 'took_effect' && word.providerReference === learned.bankReference
      : word.outcome === 'no_effect';
  if (learned.kind !== 'unknown' && !agreed) {
    throw otherwiseAtPsp();
  }
}

function asked(
  deps: ResolvePayoutDependencies,
  payout: Payout,
  since: string,
): Promise<LearnedOfPayout> {
  const { settleWindowMs } = deps;
  const { time: now } = deps.nextStamp();
  return askBank(deps.bank(), payout, since, { now, settleWindowMs });
}

/** @returns what came of asking the bank, when that was no conclusion */
async function take(
  deps: ResolvePayoutDependencies,
  payout: Payout,
  { outcome, providerReference, by, reason }: Word,
): Promise<string | null> {
  if (outcome === 'ask') {
    if (!payout.unknown) {
      return null;
    }
    const learned = await asked(deps, payout, payout.unknown.since);
    if (learned.kind === 'unknown') {
      return learned.reason;
    }
    await settlePayout(deps, payout.id, learned);
    return null;
  }
  try {
    const word = { outcome, bankReference: providerReference, by, reason };
    await resolveParkedPayout(deps)(payout.id, word);
  } catch (error) {
    // Somebody came first: the answer is by what is on record then.
    if (!(error instanceof WordRefused)) {
      throw error;
    }
  }
  return null;
}

async function shown(
  { load, events }: ResolvePayoutDependencies,
  id: string,
  word: Word,
  answer: string | null,
): Promise<ParkedResource> {
  const payout = await loadStoredPayout(load, id);
  const history = payoutHistory(await events(id));
  const waiting = parkedOfPayout(payout);
  if (waiting) {
    if (word.outcome === 'ask') {
      return waitingPayout(payout, waiting, history?.resolution ?? null, answer);
    }
    throw otherwise('parked', actionsOf(waiting));
  }
  if (!history?.resolution) {
    throw otherwise(payout.unknown ? 'unknown' : payout.status, []);
  }
  if (!agrees(word, history.resolution)) {
    throw otherwise(history.resolution.outcome, []);
  }
  return resolvedPayout(payout, history);
}
