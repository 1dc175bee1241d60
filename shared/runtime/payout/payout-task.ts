import { derivedId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/saga/refusal.ts';
import { logAs, logger, observed } from '../observability.ts';

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

/**
 * A handler of one task of the payout saga. A refusal leaves as an error by its name, for the
 * machine's Catch, and as an info line; anything else is a fault, which the machine tries again.
 */
export function payoutTask(useCase: (command: PayoutCommand) => Promise<void>) {
  return observed<PayoutTaskInput, Record<string, never>>(async (input) => {
    logAs({
      payout_id: input.payout_id,
      tenant: input.tenant,
      correlation_id: input.correlation_id,
    });
    try {
      await useCase({
        payoutId: input.payout_id,
        // The ARN names the account and the machine, and events are for merchants, too.
        execution: derivedId('execution', input.execution),
        error: input.error,
      });
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
