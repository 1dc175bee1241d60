import { taskHandler } from '../saga-task.ts';

/** What the payout saga's machine gives to each task, of which no task needs more. */
export interface PayoutTaskInput {
  readonly payout_id: string;
  readonly tenant: string;
  readonly correlation_id: string;
  /** The execution that calls: the owner of the payout from its reservation on. */
  readonly execution: string;
  /** The name of the error that led here; null on the way forward. */
  readonly error: string | null;
}

/** A command as the use cases of the payout saga's tasks take it. */
export interface PayoutCommand {
  readonly payoutId: string;
  readonly execution: string;
  readonly error: string | null;
}

/** A handler of one task of the payout saga. */
export function payoutTask(useCase: (command: PayoutCommand) => Promise<void>) {
  return taskHandler<PayoutTaskInput>(
    ({ payout_id }) => ({ payout_id }),
    ({ payout_id, error }, execution) => useCase({ payoutId: payout_id, execution, error }),
  );
}
