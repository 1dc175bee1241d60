import { changePayment } from '../../../shared/domain/payment/change.ts';
import {
  type SweepKind,
  type SweepTerms,
  sweepOf,
} from '../../../shared/domain/payment/recovery/sweep.ts';
import type { ListDuePayments } from '../../../shared/ports/payments.ts';
import { type AdvanceDependencies, change, loadStored } from '../../../shared/runtime/advance.ts';
import { type Fates, sweepAll } from '../../../shared/runtime/sweep.ts';

/** Decisions taken anew when another writer came first; the next run tries again. */
const attempts = 3;

const kinds: readonly SweepKind[] = ['expiry', 'saga', 'inquiry'];

/**
 * What a run came to, in payments:
 * - `expired`: whose authorization was over, and whose expiry was asked for
 * - `resumed`: whose saga, or whose operation's saga, was begun anew
 * - `parked`: that wait for a person from now on
 * - `skipped`: which another run had seen to, or that are not due after all
 * - `contended`: which others changed at each attempt
 * - `failed`
 */
const fates = ['expired', 'resumed', 'parked', 'skipped', 'contended', 'failed'] as const;
type Fate = Exclude<(typeof fates)[number], 'failed'>;

/**
 * Sees to payments that nothing else moves any more:
 * 1. list those that are due, by what they are due for; the list may be a moment behind
 * 2. decide for each what `sweepOf` says, and write it; the stream starts the saga of it
 * 3. one that cannot be changed does not stop the others; say how many, and fail at the end, so that an
 *    alarm says so and the run is tried again
 *
 * Two runs at once do each thing once: what is decided is written at the version that was read, and is
 * not due any more.
 */
export function sweepPayments({
  due,
  terms,
  ...deps
}: AdvanceDependencies & { readonly due: ListDuePayments; readonly terms: SweepTerms }) {
  return async (): Promise<Fates<Fate>> => {
    const { time } = deps.nextStamp();
    return sweepAll('payment', fates, {
      kinds,
      due: (kind, limit) => due(kind, time, limit),
      seeTo: (id) => fateOf({ ...deps, terms }, id, time),
    });
  };
}

async function fateOf(
  { terms, ...deps }: AdvanceDependencies & { readonly terms: SweepTerms },
  id: string,
  time: string,
): Promise<Fate> {
  let fate: Fate = 'skipped';
  const changed = await change(
    deps,
    () => loadStored(deps.load, id),
    (payment, stamp) => {
      const fact = sweepOf(payment, time, terms);
      fate = fact ? fateBy(fact.type) : 'skipped';
      return fact && changePayment(payment, fact, stamp);
    },
    { attempts },
  );
  return changed ? fate : 'contended';
}

function fateBy(type: string): Fate {
  if (type === 'payment.cancel_requested') {
    return 'expired';
  }
  return type === 'payment.parked' ? 'parked' : 'resumed';
}
