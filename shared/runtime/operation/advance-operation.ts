import type { PaymentFact } from '../../contracts/events/payment-events.ts';
import { changePayment } from '../../domain/payment/change.ts';
import { type Operation, operationOf } from '../../domain/payment/operations/operation.ts';
import type { Payment } from '../../domain/payment/state.ts';
import { Refusal } from '../../domain/saga/refusal.ts';
import type { LoadPayment } from '../../ports/payments.ts';
import { type AdvanceDependencies, advanceRead, loadStored } from '../advance.ts';
import type { TaskCommand } from '../saga-task.ts';

/** An operation, and the payment that it is of. */
export interface OperationOfPayment {
  readonly payment: Payment;
  readonly operation: Operation;
}

/**
 * The operation of a command, if its execution may act for it. From its first step on an operation
 * belongs to the execution that took it, whoever owns the payment.
 *
 * @throws Refusal `Superseded` when it belongs to another execution
 */
export async function loadOperation(
  load: LoadPayment,
  command: TaskCommand,
): Promise<OperationOfPayment> {
  const payment = await loadStored(load, command.paymentId);
  const operation = operationIn(payment, command);
  const { execution, progress } = operation;
  if (execution !== null && (execution !== command.execution || progress.resumed)) {
    throw new Refusal('Superseded', 'another execution owns the operation, or will');
  }
  return { payment, operation };
}

/**
 * Changes an operation once, however often it is called:
 * 1. read its payment, and see that this execution may act for it
 * 2. decide: the fact to record, or null when what is to be done was done
 * 3. write it at the version that was read; when another writer came first, start again at 1
 *
 * @returns the operation with the fact in it
 */
export async function advanceOperation(
  deps: AdvanceDependencies,
  command: TaskCommand,
  decide: (operation: Operation, payment: Payment) => PaymentFact | null,
): Promise<OperationOfPayment> {
  const payment = await advanceRead(
    deps,
    async () => (await loadOperation(deps.load, command)).payment,
    (current, stamp) => {
      const fact = decide(operationIn(current, command), current);
      return fact && changePayment(current, fact, stamp);
    },
  );
  return { payment, operation: operationIn(payment, command) };
}

/**
 * Takes an operation for the execution of a command, at the first step of its saga:
 * 1. an operation that has ended is nobody's any more, and one of another execution is not ours, unless
 *    it was resumed for another to take
 * 2. one that nobody has taken is taken by `first`
 * 3. one that was resumed is taken over; one that this execution has taken is at its first step for the
 *    second time: the execution began anew, and that goes on record, once
 *
 * A repeated try of the step looks the same when the one before it ended after its write. It is taken
 * for an execution that began anew, as that only makes later steps more careful; to tell the two by
 * the count of tries would miss an execution that began anew with a try that failed.
 *
 * @throws Refusal `Superseded` when the operation has ended, or is another execution's
 */
export async function claimOperation(
  deps: AdvanceDependencies,
  command: TaskCommand,
  first: (operation: Operation) => PaymentFact,
): Promise<void> {
  await advanceRead(
    deps,
    () => loadStored(deps.load, command.paymentId),
    (payment, stamp) => {
      const fact = claimOf(operationIn(payment, command), command, first);
      return fact && changePayment(payment, fact, stamp);
    },
  );
}

function claimOf(
  operation: Operation,
  { execution }: TaskCommand,
  first: (operation: Operation) => PaymentFact,
): PaymentFact | null {
  const { id, status, progress, restarted } = operation;
  if (status !== 'processing') {
    throw new Refusal('Superseded', `the operation has ${status}`);
  }
  if (operation.execution === null) {
    return first(operation);
  }
  if (operation.execution !== execution && !progress.resumed) {
    throw new Refusal('Superseded', 'another execution owns the operation');
  }
  return restarted && !progress.resumed
    ? null
    : { type: 'payment.operation_restarted', facts: { operation_id: id, execution } };
}

function operationIn(payment: Payment, { operationId }: TaskCommand): Operation {
  const operation = operationId === null ? undefined : operationOf(payment, operationId);
  if (!operation) {
    throw new Error(`payment ${payment.id} has no operation ${operationId}`);
  }
  return operation;
}
