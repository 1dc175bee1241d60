import { taskHandler } from '../saga-task.ts';

/** What the inquiry's machine gives to its task, of which the task needs no more. */
export interface PayoutInquiryInput {
  readonly payout_id: string;
  readonly tenant: string;
  readonly correlation_id: string;
  readonly execution: string;
  /** How often it was asked before. */
  readonly asked: number;
}

/** The same, as the use case takes it. */
export interface PayoutInquiryCommand {
  readonly payoutId: string;
  /** How often it was asked before: 0 for the first time. */
  readonly asked: number;
}

/** A handler of the task of an inquiry about a payout. */
export function payoutInquiryTask(useCase: (command: PayoutInquiryCommand) => Promise<void>) {
  return taskHandler<PayoutInquiryInput>(
    ({ payout_id }) => ({ payout_id }),
    ({ payout_id, asked }) => useCase({ payoutId: payout_id, asked }),
  );
}
