import { taskHandler } from '../saga-task.ts';

/** What an inquiry's machine gives to its task. */
export interface InquiryInput {
  readonly payment_id: string;
  readonly operation_id: string;
  readonly tenant: string;
  readonly correlation_id: string;
  readonly execution: string;
  /** How often it was asked before. */
  readonly asked: number;
}

/** The same, as the use case takes it. */
export interface InquiryCommand {
  readonly paymentId: string;
  readonly operationId: string;
  /** How often it was asked before: 0 for the first time. */
  readonly asked: number;
}

/** A handler of the task of an inquiry about a payment. */
export function inquiryTask(useCase: (command: InquiryCommand) => Promise<void>) {
  return taskHandler<InquiryInput>(
    ({ payment_id, operation_id }) => ({ payment_id, operation_id }),
    ({ payment_id, operation_id, asked }) =>
      useCase({ paymentId: payment_id, operationId: operation_id, asked }),
  );
}
