import { changePayment } from '../../../shared/domain/payment/change.ts';
import { type SweepKind, type SweepTerms, sweepOf } from '../../../shared/domain/payment/sweep.ts';
import type { ListDuePayments } from '../../../shared/ports/payments.ts';
import { type AdvanceDependencies, change, loadStored } from '../../../shared/runtime/advance.ts';
import { count, logger } from '../../../shared/runtime/observability.ts';

/** Payments of a kind that one run looks at; what is left is due at the next. */
const paymentsOfRun = 200;
const atOnce = 10;
/** Decisions taken anew when another writer came first; the next run tries again. */
const attempts = 3;

const kinds: readonly SweepKind[] = ['expiry', 'saga', 'inquiry'];

/** What a run did, in payments. */
export interface Sweep {
  /** Whose authorization was over, and whose expiry was asked for. */
  readonly expired: number;
  /** Whose saga, or whose operation's saga, was begun anew. */
  readonly resumed: number;
  /** That wait for a person from now on. */
  readonly parked: number;
  /** Which another run had seen to, or that are not due after all. */
  readonly skipped: number;
  /** Which others changed at each attempt. */
  readonly contended: number;
  readonly failed: number;
}

type Fate = keyof Sweep;

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
  return async (): Promise<Sweep> => {
    const { time } = deps.nextStamp();
    const fates: Fate[] = [];
    for (const kind of kinds) {
      const ids = await due(kind, time, paymentsOfRun);
      for (let from = 0; from < ids.length; from += atOnce) {
        const some = ids.slice(from, from + atOnce);
        fates.push(...(await Promise.all(some.map((id) => fateOf({ ...deps, terms }, id, time)))));
      }
    }
    const of = (fate: Fate) => fates.filter((other) => other === fate).length;
    const sweep: Sweep = {
      expired: of('expired'),
      resumed: of('resumed'),
      parked: of('parked'),
      skipped: of('skipped'),
      contended: of('contended'),
      failed: of('failed'),
    };
    logger.info('payments swept', { ...sweep });
    count('SagaResumed', sweep.resumed);
    if (sweep.failed > 0) {
      throw new Error(`${sweep.failed} payments could not be seen to`);
    }
    return sweep;
  };
}

async function fateOf(
  { terms, ...deps }: AdvanceDependencies & { readonly terms: SweepTerms },
  id: string,
  time: string,
): Promise<Fate> {
  let fate: Fate = 'skipped';
  try {
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
  } catch (error) {
    logger.error('a payment could not be seen to', { error: error as Error, payment_id: id });
    return 'failed';
  }
}

function fateBy(type: string): Fate {
  if (type === 'payment.cancel_requested') {
    return 'expired';
  }
  return type === 'payment.parked' ? 'parked' : 'resumed';
}
