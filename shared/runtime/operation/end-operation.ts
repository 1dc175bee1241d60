import type { PaymentFact } from '../../contracts/events/payment-events.ts';
import { isUndone, type Operation } from '../../domain/payment/operations/operation.ts';
import type { AdvanceDependencies } from '../advance.ts';
import type { TaskCommand } from '../saga-task.ts';
import { advanceOperation } from './advance-operation.ts';

const providerUnavailable = {
  code: 'provider_unavailable',
  message: 'The payment provider was too busy to process this. Nothing was done.',
};

/** What the merchant reads, by the error that ended the operation; a decline has the PSP's own code. */
const failures: Readonly<Record<string, { readonly code: string; readonly message: string }>> = {
  ProviderBusy: providerUnavailable,
  // What was returned without a decline was returned because the PSP was busy.
  RefundReturned: providerUnavailable,
};

const internal = {
  code: 'internal_error',
  message: 'This could not be completed. Nothing was done.',
};

/**
 * Ends an operation that did not happen, or records that nobody knows whether it did:
 * 1. nothing to do when it has ended, or is on record as unknown
 * 2. known to have had no effect: a refund in transit goes back first, then write the reason
 * 3. else an earlier run of the execution may have sent it: the outcome is unknown
 */
export async function endOperation(deps: AdvanceDependencies, command: TaskCommand): Promise<void> {
  await returnHeldRefund(deps, command);
  await advanceOperation(deps, command, (operation) => {
    if (operation.status !== 'processing' || operation.unknown) {
      return null;
    }
    return hadNoEffect(operation, command)
      ? failed(operation, command.error)
      : unknown(operation, command.error);
  });
}

/** Gives a refund in transit back to the merchant, once, when it is known that the PSP did not send it. */
export async function returnHeldRefund(
  deps: AdvanceDependencies,
  command: TaskCommand,
): Promise<void> {
  await advanceOperation(deps, command, (operation) =>
    operation.held && !operation.unknown && hadNoEffect(operation, command)
      ? {
          type: 'payment.refund_returned',
          facts: { operation_id: operation.id, amount: operation.amountMinor },
        }
      : null,
  );
}

/**
 * On record, or said by the error that led here: a step refuses with `ProviderBusy` only when the
 * PSP processed nothing of all its tries. A fault of the first step says nothing: when the execution
 * began anew, its first run may have come further.
 */
function hadNoEffect(operation: Operation, { error }: TaskCommand): boolean {
  return error === 'ProviderBusy' || isUndone(operation);
}

function failed({ id, kind, decline }: Operation, error: string | null): PaymentFact {
  return {
    type: 'payment.operation_failed',
    facts: {
      operation_id: id,
      operation: kind,
      ...(decline ?? (error === null ? undefined : failures[error]) ?? internal),
    },
  };
}

function unknown({ id, kind }: Operation, error: string | null): PaymentFact {
  return {
    type: 'payment.outcome_unknown',
    facts: {
      operation_id: id,
      operation: kind,
      reason: `the step ended without an answer: ${error ?? 'no error given'}`,
    },
  };
}
