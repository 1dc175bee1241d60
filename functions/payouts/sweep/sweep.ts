import type { SweepTerms } from '../../../shared/domain/payment/sweep.ts';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import { type PayoutSweepKind, sweepOfPayout } from '../../../shared/domain/payout/sweep.ts';
import type { ListDuePayouts } from '../../../shared/ports/payouts/payouts.ts';
import { count, logger } from '../../../shared/runtime/observability.ts';
import {
  type AdvancePayoutDependencies,
  loadStoredPayout,
  tryUpdatePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';

/** Payouts of a kind that one run looks at; what is left is due at the next. */
const payoutsOfRun = 200;
const atOnce = 10;
/** Decisions taken anew when another writer came first; the next run tries again. */
const attempts = 3;

const kinds: readonly PayoutSweepKind[] = ['saga', 'inquiry'];

/** What a run did, in payouts. */
export interface PayoutSweep {
  /** Whose saga was begun anew. */
  readonly resumed: number;
  /** That wait for a person from now on. */
  readonly parked: number;
  /** Which another run had seen to, or that are not due after all. */
  readonly skipped: number;
  /** Which others changed at each attempt. */
  readonly contended: number;
  readonly failed: number;
}

type Fate = keyof PayoutSweep;

type SweepDependencies = AdvancePayoutDependencies & { readonly terms: SweepTerms };

/**
 * Sees to payouts that nothing else moves any more:
 * 1. list those that are due, by what they are due for; the list may be a moment behind
 * 2. decide for each what `sweepOfPayout` says, and write it; the stream starts the saga of it
 * 3. one that cannot be changed does not stop the others; say how many, and fail at the end, so that an
 *    alarm says so and the run is tried again
 *
 * Two runs at once do each thing once: what is decided is written at the version that was read, and is
 * not due any more.
 */
export function sweepPayouts({
  due,
  ...deps
}: SweepDependencies & { readonly due: ListDuePayouts }) {
  return async (): Promise<PayoutSweep> => {
    const { time } = deps.nextStamp();
    const fates: Fate[] = [];
    for (const kind of kinds) {
      const ids = await due(kind, time, payoutsOfRun);
      for (let from = 0; from < ids.length; from += atOnce) {
        const some = ids.slice(from, from + atOnce);
        fates.push(...(await Promise.all(some.map((id) => fateOf(deps, id, time)))));
      }
    }
    const of = (fate: Fate) => fates.filter((other) => other === fate).length;
    const sweep: PayoutSweep = {
      resumed: of('resumed'),
      parked: of('parked'),
      skipped: of('skipped'),
      contended: of('contended'),
      failed: of('failed'),
    };
    logger.info('payouts swept', { ...sweep });
    count('SagaResumed', sweep.resumed);
    if (sweep.failed > 0) {
      throw new Error(`${sweep.failed} payouts could not be seen to`);
    }
    return sweep;
  };
}

async function fateOf(
  { terms, ...deps }: SweepDependencies,
  id: string,
  time: string,
): Promise<Fate> {
  let fate: Fate = 'skipped';
  try {
    const updated = await tryUpdatePayout(
      deps,
      (load) => loadStoredPayout(load, id),
      (payout, stamp) => {
        const fact = sweepOfPayout(payout, time, terms);
        if (fact === null) {
          fate = 'skipped';
          return null;
        }
        fate = fact.type === 'payout.parked' ? 'parked' : 'resumed';
        return changePayout(payout, fact, stamp);
      },
      attempts,
    );
    return updated ? fate : 'contended';
  } catch (error) {
    logger.error('a payout could not be seen to', { error: error as Error, payout_id: id });
    return 'failed';
  }
}
