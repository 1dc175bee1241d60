import type { PaymentFact } from '../../contracts/events/payment-events.ts';
import type { Operation, OperationKind } from '../../domain/payment/operations/operation.ts';
import { declinedOperation } from '../../domain/payment/outcome.ts';
import type { Payment, ProviderCharge } from '../../domain/payment/state.ts';
import { Refusal } from '../../domain/saga/refusal.ts';
import type { OperationOutcome, Provider, Providers } from '../../ports/provider.ts';
import type { AdvanceDependencies } from '../advance.ts';
import type { TaskCommand } from '../saga-task.ts';
import { advanceOperation, loadOperation } from './advance-operation.ts';

export interface OperateDependencies extends AdvanceDependencies {
  readonly providers: Providers;
}

/** What an operation may be sent for: it is begun, and its money is held or in transit. */
interface Licensed {
  readonly payment: Payment;
  readonly operation: Operation;
  readonly charge: ProviderCharge;
  /** The PSP that has the charge. */
  readonly provider: Provider;
}

/** In what the operations at the PSP differ. */
interface Means {
  /** The call at the PSP, under the operation's id. */
  readonly ask: () => Promise<OperationOutcome>;
  /** The fact of its success, by the payment as it is when that is written. */
  readonly done: (payment: Payment) => PaymentFact;
}

/**
 * Has the PSP do an operation on a charge that it has:
 * 1. when the outcome is recorded already, it is the answer: the PSP is not asked again
 * 2. without the money held in the ledger nothing is sent
 * 3. call the PSP under the operation's id, which makes a repeated call the same call
 * 4. when it is busy it has processed nothing of this try: record that and refuse, and the saga
 *    table says when to try again
 * 5. but when an earlier try left nothing on record, or the execution began anew, that may have been
 *    processed, and busy says nothing of it: the outcome is unknown
 * 6. record the outcome, with the postings of a success
 * 7. answer by what is recorded
 */
export function operate(
  { providers, ...deps }: OperateDependencies,
  kind: OperationKind,
  meansOf: (licensed: Licensed) => Means,
) {
  return async (command: TaskCommand): Promise<void> => {
    const { payment, operation } = await loadOperation(deps.load, command);
    if (isRecorded(operation)) {
      return answer(operation);
    }
    const { provider, ...licence } = licensed(providers, payment, operation, kind);
    const { ask, done } = meansOf({ ...licence, provider });
    const answered = await ask();
    const isCertain = !operation.restarted && command.retries <= operation.busyTries;
    const outcome: OperationOutcome =
      answered.kind === 'busy' && !isCertain
        ? {
            kind: 'unknown',
            reason: `an earlier try ended without a record, and then: ${answered.reason}`,
          }
        : answered;
    const recorded = await advanceOperation(deps, command, (current, of) => {
      if (isRecorded(current)) {
        return null;
      }
      return outcome.kind === 'done' ? done(of) : factOfFailure(current, outcome, provider.name);
    });
    if (outcome.kind === 'busy' && !isRecorded(recorded.operation)) {
      throw new Refusal('ProviderBusy', outcome.reason);
    }
    return answer(recorded.operation);
  };
}

function isRecorded({ status, decline, unknown }: Operation): boolean {
  return status !== 'processing' || decline !== null || unknown !== null;
}

/** @throws Refusal unless the operation has succeeded */
function answer({ status, decline, unknown, kind }: Operation): void {
  if (unknown) {
    throw new Refusal('OutcomeUnknown', `what became of the ${kind} is not known`);
  }
  if (decline) {
    throw new Refusal('Declined', decline.code);
  }
  if (status === 'failed') {
    throw new Refusal('Superseded', `the ${kind} has failed`);
  }
}

/** @throws Refusal `RefundReturned`, and Error for what no saga leads to */
function licensed(
  providers: Providers,
  payment: Payment,
  operation: Operation,
  kind: OperationKind,
): Licensed {
  const { charge, hold } = payment;
  if (operation.kind !== kind || operation.execution === null || !charge) {
    throw new Error(`a ${operation.kind} that is not begun, or of no charge, comes to the ${kind}`);
  }
  if (kind === 'refund' && !operation.held) {
    throw new Refusal('RefundReturned', 'the refund is not in transit any more');
  }
  if (kind !== 'refund' && hold?.state !== 'pending') {
    throw new Error(`nothing is held for the ${kind}`);
  }
  return { payment, operation, charge, provider: providers.named(charge.provider) };
}

function factOfFailure(
  operation: Operation,
  outcome: Exclude<OperationOutcome, { kind: 'done' }>,
  provider: string,
): PaymentFact {
  const { id, kind } = operation;
  switch (outcome.kind) {
    case 'busy':
      return {
        type: 'payment.provider_busy',
        facts: { operation_id: id, provider, reason: outcome.reason },
      };
    case 'unknown':
      return {
        type: 'payment.outcome_unknown',
        facts: { operation_id: id, operation: kind, reason: outcome.reason },
      };
    case 'declined':
      return declinedOperation(operation, outcome, provider);
  }
}
