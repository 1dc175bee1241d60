import type { SweepTerms } from '../../../shared/domain/payment/recovery/sweep.ts';
import { changePayout } from '../../../shared/domain/payout/change.ts';
import { type PayoutSweepKind, sweepOfPayout } from '../../../shared/domain/payout/sweep.ts';
import type { ListDuePayouts } from '../../../shared/ports/payouts/payouts.ts';
import {
  type AdvancePayoutDependencies,
  loadStoredPayout,
  tryUpdatePayout,
} from '../../../shared/runtime/payout/advance-payout.ts';
import { type Fates, sweepAll } from '../../../shared/runtime/sweep.ts';

/** Decisions taken anew when another writer came first; the next run tries again. */
const attempts = 3;

const kinds: readonly PayoutSweepKind[] = ['saga', 'inquiry'];

/** What a run came to, in payouts; as of payments. */
const fates = ['resumed', 'parked', 'skipped', 'contended', 'failed'] as const;
type Fate = Exclude<(typeof fates)[number], 'failed'>;

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
  return async (): Promise<Fates<Fate>> => {
    const { time } = deps.nextStamp();
    return sweepAll('payout', fates, {
      kinds,
      due: (kind, limit) => due(kind, time, limit),
      seeTo: (id) => fateOf(deps, id, time),
    });
  };
}

async function fateOf(
  { terms, ...deps }: SweepDependencies,
  id: string,
  time: string,
): Promise<Fate> {
  let fate: Fate = 'skipped';
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
}
