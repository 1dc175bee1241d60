import { derivedId } from '../domain/ids.ts';
import { isRefusal } from '../domain/saga/refusal.ts';
import { type LogContext, logAs, logger, observed } from './observability.ts';

/** What the saga's machine gives to each task. */
export interface TaskInput {
  readonly payment_id: string;
  /** What the saga does with the payment; null for the payment's own saga. */
  readonly operation_id: string | null;
  readonly tenant: string;
  readonly correlation_id: string;
  /** The execution that calls: the owner of the payment from its reservation on, or of the operation. */
  readonly execution: string;
  /** How often this task was tried before, redrives of the execution included: at the most. */
  readonly retries: number;
  /** The name of the error that led here; null on the way forward. */
  readonly error: string | null;
}

/** A command as the use cases of the saga's tasks take it. */
export interface TaskCommand {
  readonly paymentId: string;
  readonly operationId: string | null;
  readonly execution: string;
  /** How often the task was tried before, at the most: 0 at its first try. */
  readonly retries: number;
  readonly error: string | null;
}

/** A handler of one task of the sagas of payments and their operations. */
export function sagaTask(useCase: (command: TaskCommand) => Promise<void>) {
  return taskHandler<TaskInput>(
    ({ payment_id, operation_id }) => ({
      payment_id,
      ...(operation_id === null ? {} : { operation_id }),
    }),
    ({ payment_id, operation_id, retries, error }, execution) =>
      useCase({ paymentId: payment_id, operationId: operation_id, execution, retries, error }),
  );
}

/**
 * A handler of one saga task. A refusal leaves as an error by its name, for the machine's Catch,
 * and as an info line: it is an answer. Anything else is a fault, which the machine tries again.
 *
 * @param subjectOf what the log lines of a call are joined by, besides tenant and correlation
 * @param run the use case; its execution is a name that may be shown
 */
export function taskHandler<
  Input extends Pick<TaskInput, 'tenant' | 'correlation_id' | 'execution'>,
>(
  subjectOf: (input: Input) => LogContext,
  run: (input: Input, execution: string) => Promise<void>,
) {
  return observed<Input, Record<string, never>>(async (input) => {
    const { tenant, correlation_id } = input;
    logAs({ ...subjectOf(input), tenant, correlation_id });
    try {
      // The ARN names the account and the machine, and events are for merchants, too.
      await run(input, derivedId('execution', input.execution));
      // The one line of most tasks, by which a payment's way is read.
      logger.info('done');
      return {};
    } catch (error) {
      if (isRefusal(error)) {
        logger.info('refused', { refusal: error.name, reason: error.message });
      } else {
        logger.error('fault', error instanceof Error ? error : new Error(String(error)));
      }
      throw error;
    }
  });
}
