import type {
  PaymentEvent,
  PaymentEventType,
} from '../../../shared/contracts/events/payment-events.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import { hold } from '../../support/invariants/hold.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';
import { isParked } from './payments.ts';

export const oneEffect: Invariant = {
  name: ' 3 at most one effect at the PSPs per operation',
  check: ({ psps }) => ({
    step: () => {
      const everywhere = new Map<string, number>();
      for (const { name, effects, misuse } of psps.values()) {
        hold(misuse.length === 0, () => `${name} was told nonsense: ${misuse.join('; ')}`);
        for (const [id, count] of effects) {
          const sum = (everywhere.get(id) ?? 0) + count;
          everywhere.set(id, sum);
          hold(sum === 1, () => `${id} took effect ${sum} times`);
        }
      }
    },
  }),
};

export const noticesAreHints: Invariant = {
  name: '11 a notice early, late, twice or false leads to what the PSP has',
  check: ({ notices, psps, stores }) => ({
    end: () => {
      for (const { type, provider, data } of notices) {
        const payment = stores.payments.states.get(data.reference ?? '');
        if (!('operation_id' in data) || !payment || isParked(payment)) {
          continue;
        }
        const theirs = psps.get(provider)?.arrived.get(data.operation_id)?.verdict.kind;
        const operation = payment.operations.find(({ id }) => id === data.operation_id);
        const isOurs = operation ? operation.status === 'succeeded' : payment.charge !== null;
        const isReversal = !operation && data.operation_id !== operationId(payment.id, 'charge');
        hold(
          isReversal || isOurs === (theirs !== 'declined'),
          () => `${type} of ${data.operation_id}: the PSP has it ${theirs}, and we ${isOurs}`,
        );
      }
    },
  }),
};

/** While something is unknown, from one virtual time to another. */
interface Window {
  readonly paymentId: string;
  readonly operationId: string;
  readonly operation: string;
  readonly fromMs: number;
  toMs: number;
}

/** By these an operation is known again. */
const conclusive: ReadonlySet<PaymentEventType> = new Set<PaymentEventType>([
  'payment.authorized',
  'payment.captured',
  'payment.charge_declined',
  'payment.charge_mismatched',
  'payment.charge_reversed',
  'payment.operation_declined',
  'payment.canceled',
  'payment.expired',
  'payment.refunded',
]);

/** What must not be written of something that is unknown. */
const undoing: ReadonlySet<PaymentEventType> = new Set<PaymentEventType>([
  'payment.rerouted',
  'payment.reservation_released',
  'payment.failed',
  'payment.refund_returned',
  'payment.operation_failed',
]);

export const nothingOnAGuess: Invariant = {
  name: ' 9 nothing unknown is sent again, undone or sent elsewhere before it is known',
  check: (world) => {
    const windows: Window[] = [];
    let seenEvents = 0;
    const seenCalls = new Map<string, number>();
    const loads = loadsOf(world);
    const check = () => {
      const events = world.stores.payments.allEvents;
      for (; seenEvents < events.length; seenEvents++) {
        takeEvent(windows, events[seenEvents] as PaymentEvent, world.nowMs());
      }
      loads.read();
      for (const { name, calls } of world.psps.values()) {
        for (const { id, what, by, atMs } of calls.slice(seenCalls.get(name) ?? 0)) {
          // What was on its way when the outcome became unknown knows nothing of it.
          const knewMs = loads.before(by, atMs);
          const guess = windows.find(
            (window) =>
              (window.operationId === id || isUndoneBy(world, window, id)) &&
              window.fromMs < knewMs &&
              atMs < window.toMs,
          );
          hold(
            !guess,
            () => `${by} sends ${what} ${id} to ${name} while ${guess?.operation} is unknown`,
          );
        }
        seenCalls.set(name, calls.length);
      }
    };
    return { step: check, end: check };
  },
};

function takeEvent(windows: Window[], event: PaymentEvent, nowMs: number): void {
  const { type, subject, data } = event;
  const id = 'operation_id' in data ? (data.operation_id as string) : null;
  const open = windows.filter(
    ({ paymentId, toMs }) => paymentId === subject && toMs === Number.POSITIVE_INFINITY,
  );
  if (type === 'payment.outcome_unknown') {
    windows.push({
      paymentId: subject,
      operationId: event.data.operation_id,
      operation: event.data.operation,
      fromMs: nowMs,
      toMs: Number.POSITIVE_INFINITY,
    });
    return;
  }
  const ofIt = open.filter(
    ({ operationId, operation }) => operationId === id || (id === null && isOwn(operation)),
  );
  const isKnown =
    conclusive.has(type) ||
    (type === 'payment.outcome_resolved' && event.data.operation === 'reverse');
  if (isKnown) {
    for (const window of ofIt.filter(({ operationId }) => operationId === id)) {
      window.toMs = nowMs;
    }
    return;
  }
  hold(
    !undoing.has(type) || ofIt.length === 0,
    () => `${type} of ${subject} while ${ofIt[0]?.operation} is unknown`,
  );
}

/** True for what the payment's own saga does at the PSP. */
function isOwn(operation: string): boolean {
  return operation === 'charge' || operation === 'reverse';
}

/** True when an operation undoes, or goes on with, a charge of which nothing is known. */
function isUndoneBy({ stores }: World, { paymentId, operation }: Window, id: string): boolean {
  const payment = stores.payments.states.get(paymentId);
  return (
    operation === 'charge' && payment !== undefined && payment.operations.some((of) => of.id === id)
  );
}

/** When each process read a payment, by the time line. */
function loadsOf({ timeline }: World) {
  const loads = new Map<string, number[]>();
  let seen = 0;
  return {
    read: () => {
      const { happenings } = timeline;
      for (; seen < happenings.length; seen++) {
        const happening = happenings[seen];
        if (happening?.what.startsWith('payments.load')) {
          const of = loads.get(happening.who) ?? [];
          of.push(happening.atMs);
          loads.set(happening.who, of);
        }
      }
    },
    /** The last time before another; never for a process that has read none. */
    before: (who: string, atMs: number): number =>
      (loads.get(who) ?? []).findLast((ms) => ms <= atMs) ?? Number.NEGATIVE_INFINITY,
  };
}
