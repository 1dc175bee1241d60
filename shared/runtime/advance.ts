import type { PaymentEventType } from '../contracts/payment-events.ts';
import type { PaymentChange, Stamp } from '../domain/payment/change.ts';
import type { Payment } from '../domain/payment/state.ts';
import { Refusal } from '../domain/saga/refusal.ts';
import type { AppendPayment, LoadPayment } from '../ports/payments.ts';
import { count, type MetricName } from './observability.ts';
import type { TaskCommand } from './saga-task.ts';
import type { NextStamp } from './stamp.ts';

/** What a task needs to change a payment. */
export interface AdvanceDependencies {
  readonly load: LoadPayment;
  readonly append: AppendPayment;
  readonly nextStamp: NextStamp;
}

/** The changes that the house counts. */
const counted: Partial<Record<PaymentEventType, MetricName>> = {
  'payment.captured': 'PaymentCaptured',
  'payment.authorized': 'PaymentAuthorized',
  'payment.failed': 'PaymentFailed',
  'payment.outcome_unknown': 'OutcomeUnknown',
};

/** Decisions taken anew when another writer came first; more than this many is a fault. */
const attempts = 5;

/**
 * The payment, if this execution may act on it. From the reservation on a payment belongs to the
 * execution that made it, so that two executions of one payment (EXPRESS may start two) cannot
 * charge it in one and fail it in the other.
 *
 * @throws Refusal `Superseded` when it belongs to another execution
 */
export async function loadOwned(load: LoadPayment, command: TaskCommand): Promise<Payment> {
  const payment = await load(command.paymentId);
  if (!payment) {
    throw new Error(`payment ${command.paymentId} is not in the store`);
  }
  if (payment.execution !== null && payment.execution !== command.execution) {
    throw new Refusal('Superseded', 'another execution owns the payment');
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
  { load, append, nextStamp }: AdvanceDependencies,
  command: TaskCommand,
  decide: (payment: Payment, stamp: Stamp) => PaymentChange | null,
): Promise<Payment> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const payment = await loadOwned(load, command);
    const change = decide(payment, nextStamp());
    if (!change) {
      return payment;
    }
    if ((await append(change)) === 'written') {
      const metric = counted[change.event.type];
      if (metric) {
        count(metric);
      }
      return change.after;
    }
  }
  throw new Error(`payment ${command.paymentId} was changed by others ${attempts} times`);
}
