import { operationId } from '../../../shared/domain/ids.ts';
import {
  changePayment,
  type PaymentChange,
  type Stamp,
} from '../../../shared/domain/payment/change.ts';
import { dueOf, expiriesOf } from '../../../shared/domain/payment/operation.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { ListDuePayments } from '../../../shared/ports/payments.ts';
import { type AdvanceDependencies, change, loadStored } from '../../../shared/runtime/advance.ts';
import { logger } from '../../../shared/runtime/observability.ts';

/** Payments that one run looks at; what is left is due at the next. */
const paymentsOfRun = 200;
const atOnce = 10;
/** Decisions taken anew when another writer came first; the next run tries again. */
const attempts = 3;

/** What a run did, in payments. */
export interface Sweep {
  /** Whose expiry was asked for. */
  readonly requested: number;
  /** Which another run had seen to, or that are not due after all. */
  readonly skipped: number;
  /** Which others changed at each attempt. */
  readonly contended: number;
  readonly failed: number;
}

type Fate = keyof Sweep;

/**
 * Gives back what was authorized, and not captured in time:
 * 1. list the payments that are due; the list may be a moment behind
 * 2. one that is not due any more, or of which something is under way, is left as it is
 * 3. else ask for its cancellation because it expired, as an operation like any other: its saga does
 *    the rest
 * 4. one that cannot be changed does not stop the others; say how many, and fail at the end, so that
 *    an alarm says so and the run is tried again
 *
 * Two runs at once ask once: the operation's id is derived, and under way it is not due.
 */
export function expireAuthorizations({
  due,
  ...deps
}: AdvanceDependencies & { readonly due: ListDuePayments }) {
  return async (): Promise<Sweep> => {
    const { time } = deps.nextStamp();
    const ids = await due(time, paymentsOfRun);
    const fates: Fate[] = [];
    for (let from = 0; from < ids.length; from += atOnce) {
      const some = ids.slice(from, from + atOnce);
      fates.push(...(await Promise.all(some.map((id) => fateOf(deps, id, time)))));
    }
    const count = (fate: Fate) => fates.filter((other) => other === fate).length;
    const sweep: Sweep = {
      requested: count('requested'),
      skipped: count('skipped'),
      contended: count('contended'),
      failed: count('failed'),
    };
    logger.info('authorizations swept', { ...sweep });
    if (sweep.failed > 0) {
      throw new Error(`the expiry of ${sweep.failed} payments could not be asked for`);
    }
    return sweep;
  };
}

async function fateOf(deps: AdvanceDependencies, id: string, time: string): Promise<Fate> {
  try {
    const changed = await change(
      deps,
      () => loadStored(deps.load, id),
      (payment, stamp) => expiry(payment, time, stamp),
      { attempts },
    );
    if (!changed) {
      return 'contended';
    }
    return changed.written ? 'requested' : 'skipped';
  } catch (error) {
    logger.error('the expiry could not be asked for', { error: error as Error, payment_id: id });
    return 'failed';
  }
}

function expiry(payment: Payment, time: string, stamp: Stamp): PaymentChange | null {
  const due = dueOf(payment);
  if (due === null || due > time || !payment.hold) {
    return null;
  }
  return changePayment(
    payment,
    {
      type: 'payment.cancel_requested',
      facts: {
        operation_id: operationId(payment.id, 'expire', expiriesOf(payment).length),
        amount: payment.hold.amountMinor,
        cause: 'expired',
        reason: null,
        // No request asked for it.
        request_hash: 'expired',
      },
    },
    stamp,
  );
}
