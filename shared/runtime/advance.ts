import type { PaymentEventType } from '../contracts/events/payment-events.ts';
import type { PaymentChange, Stamp } from '../domain/payment/change.ts';
import { isSettled, type Payment } from '../domain/payment/state.ts';
import { Refusal } from '../domain/saga/refusal.ts';
import type { AppendPayment, LoadPayment } from '../ports/payments.ts';
import { objectives } from './objectives.ts';
import { count, type MetricName, measure } from './observability.ts';
import type { TaskCommand } from './saga-task.ts';
import type { NextStamp } from './stamp.ts';

/** What a task needs to change a payment. */
export interface AdvanceDependencies {
  readonly load: LoadPayment;
  readonly append: AppendPayment;
  readonly nextStamp: NextStamp;
}

/** A payment after a change of it, or as it was when there was nothing to change. */
export interface Changed {
  readonly payment: Payment;
  readonly written: boolean;
}

/** Waits before a next try, given how many there were. */
export type Pause = (tried: number) => Promise<void>;

/** The changes that the house counts. */
const counted: Partial<Record<PaymentEventType, MetricName>> = {
  'payment.captured': 'PaymentCaptured',
  'payment.authorized': 'PaymentAuthorized',
  'payment.failed': 'PaymentFailed',
  'payment.canceled': 'PaymentCanceled',
  'payment.expired': 'PaymentExpired',
  'payment.refunded': 'PaymentRefunded',
  'payment.outcome_unknown': 'OutcomeUnknown',
  'payment.parked': 'OutcomeParked',
};

/** Measures how long a payment took to settle, when this is the change that settled it. */
function measureSettled(before: Payment, { event, after }: PaymentChange): void {
  if (!isSettled(before.status) && isSettled(after.status)) {
    const tookMs = Date.parse(event.time) - Date.parse(after.created);
    measure('TimeToSettleMs', tookMs);
    if (tookMs > objectives.settle.withinMs) {
      count('SettledLate');
    }
  }
}

/** Decisions of a task taken anew when another writer came first; more than this many is a fault. */
const attemptsOfTask = 10;

/**
 * The payment, if this execution may act on it. From the reservation on a payment belongs to the
 * execution that made it, so that two executions of one payment (EXPRESS may start two) cannot
 * charge it in one and fail it in the other. One that was resumed is for another execution to take.
 *
 * @throws Refusal `Superseded` when it belongs to another execution
 */
export async function loadOwned(load: LoadPayment, command: TaskCommand): Promise<Payment> {
  const payment = await loadStored(load, command.paymentId);
  const { execution, progress } = payment;
  if (execution !== null && (execution !== command.execution || progress.resumed)) {
    throw new Refusal('Superseded', 'another execution owns the payment, or will');
  }
  return payment;
}

/** The payment, if this execution may take it: it is its own, or was resumed for another to take. */
async function loadClaimable(load: LoadPayment, command: TaskCommand): Promise<Payment> {
  const payment = await loadStored(load, command.paymentId);
  const { execution, progress } = payment;
  if (execution !== null && execution !== command.execution && !progress.resumed) {
    throw new Refusal('Superseded', 'another execution owns the payment');
  }
  return payment;
}

/** A payment that must be there. @throws Error when it is not: a fault */
export async function loadStored(load: LoadPayment, id: string): Promise<Payment> {
  const payment = await load(id);
  if (!payment) {
    throw new Error(`payment ${id} is not in the store`);
  }
  return payment;
}

/**
 * Changes a payment once, however often it is called:
 * 1. read it, and see that this execution may act
 * 2. decide: a change, or null when what is to be done was done
 * 3. write it at the version that was read; when another writer came first, start again at 1
 *
 * @returns the payment with the change in it
 */
export async function advance(
  deps: AdvanceDependencies,
  command: TaskCommand,
  decide: (payment: Payment, stamp: Stamp) => PaymentChange | null,
): Promise<Payment> {
  return advanceRead(deps, () => loadOwned(deps.load, command), decide);
}

/** The same, by the first step of a saga, which may take over a payment that was resumed. */
export async function claim(
  deps: AdvanceDependencies,
  command: TaskCommand,
  decide: (payment: Payment, stamp: Stamp) => PaymentChange | null,
): Promise<Payment> {
  return advanceRead(deps, () => loadClaimable(deps.load, command), decide);
}

/**
 * The same as `advance`, of a payment that `read` sees to.
 *
 * @throws Error when others came first at each attempt: a fault
 */
export async function advanceRead(
  deps: Pick<AdvanceDependencies, 'append' | 'nextStamp'>,
  read: () => Promise<Payment>,
  decide: (payment: Payment, stamp: Stamp) => PaymentChange | null,
): Promise<Payment> {
  const changed = await change(deps, read, decide, { attempts: attemptsOfTask });
  if (!changed) {
    throw new Error(`the payment was changed by others ${attemptsOfTask} times`);
  }
  return changed.payment;
}

/**
 * Changes a payment against others that do: reads it, decides, and writes it at the version that was
 * read; when another came first, it is read and decided anew.
 *
 * @returns null when others came first at each attempt: nothing was written
 */
export async function change(
  { append, nextStamp }: Pick<AdvanceDependencies, 'append' | 'nextStamp'>,
  read: () => Promise<Payment>,
  decide: (payment: Payment, stamp: Stamp) => PaymentChange | null,
  { attempts, pause }: { readonly attempts: number; readonly pause?: Pause },
): Promise<Changed | null> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const payment = await read();
    const decided = decide(payment, nextStamp());
    if (!decided) {
      return { payment, written: false };
    }
    if ((await append(decided)) === 'written') {
      const metric = counted[decided.event.type];
      if (metric) {
        count(metric);
      }
      measureSettled(payment, decided);
      return { payment: decided.after, written: true };
    }
    await pause?.(attempt);
  }
  return null;
}
