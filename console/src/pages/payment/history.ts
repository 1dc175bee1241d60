import type { PaymentEvent } from '../../../../shared/contracts/events/payment-events.ts';
import type { PaymentResource } from '../../../../shared/contracts/payment.ts';
import { isSame } from '../../../../shared/domain/audit/compare.ts';
import type { Transfer } from '../../../../shared/domain/ledger/transfer.ts';
import { foldPayment } from '../../../../shared/domain/payment/fold.ts';
import { type Payment, renderPayment } from '../../../../shared/domain/payment/state.ts';
import { transfersOf } from '../../../../shared/domain/time-line/events.ts';
import { type Run, runsOf } from '../../saga/run.ts';

/** A payment as one of its versions left it, with all that its events tell of it. */
export interface Moment {
  readonly version: number;
  /** The number of the last version. */
  readonly versions: number;
  readonly isLast: boolean;
  /** The event that made this version. */
  readonly event: PaymentEvent;
  /** As the event carries it. */
  readonly resource: PaymentResource;
  readonly runs: readonly Run[];
  /** What the events fold to; null when they do not fold, as `problem` says. */
  readonly state: Payment | null;
  readonly transfers: readonly Transfer[];
  /** What is not as it has to be; null when the events fold to what they carry. */
  readonly problem: string | null;
}

/**
 * A payment at a version.
 *
 * @param version one that there is none of is the last
 */
export function momentAt(events: readonly PaymentEvent[], version: number | null): Moment | null {
  const versions = events.length;
  const isKnown = version !== null && Number.isInteger(version) && version >= 1;
  const shown = isKnown ? Math.min(version, versions) : versions;
  const until = events.slice(0, shown);
  const event = until.at(-1);
  if (!event) {
    return null;
  }
  const resource = event.data.payment;
  return {
    version: shown,
    versions,
    isLast: shown === versions,
    event,
    resource,
    runs: runsOf(until),
    ...folded(until, resource),
  };
}

function folded(
  events: readonly PaymentEvent[],
  resource: PaymentResource,
): Pick<Moment, 'state' | 'transfers' | 'problem'> {
  try {
    const state = foldPayment(events);
    const isRight = state !== null && isSame(renderPayment(state), resource);
    return {
      state,
      transfers: transfersOf(events),
      problem: isRight ? null : 'The events fold to another state than the last of them carries.',
    };
  } catch (error) {
    const problem = `The events do not fold: ${error instanceof Error ? error.message : error}`;
    return { state: null, transfers: [], problem };
  }
}

/** True while something of it is on its way: it is worth reading again soon. */
export function isMoving(moment: Moment): boolean {
  return (
    moment.resource.status === 'processing' ||
    (moment.state?.operations ?? []).some(({ status }) => status === 'processing')
  );
}

/** What waits beside the status: unknown, or for a person; of the payment and of what is asked of it. */
export function waitsOf(state: Payment | null): ('unknown' | 'parked')[] {
  const all = state ? [state, ...state.operations] : [];
  return (['unknown', 'parked'] as const).filter((kind) => all.some((one) => one[kind] !== null));
}
