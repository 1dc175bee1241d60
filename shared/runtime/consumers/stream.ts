import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type LogContext, logger, observed } from '../observability.ts';

/**
 * A handler of a DynamoDB stream that gets the records in their order and says at which one it
 * stopped: Lambda starts again there, bisects, and after its retries sends the position to the
 * on-failure queue.
 *
 * @param handle returns how many records are done; fewer than all means that the next one failed
 */
export function streamHandler(
  handle: (records: readonly DynamoDBRecord[]) => Promise<{ done: number; error?: unknown }>,
) {
  return observed<DynamoDBStreamEvent, DynamoDBBatchResponse>(async ({ Records }) => {
    const { done, error } = await handle(Records);
    return {
      batchItemFailures:
        done < Records.length ? [{ itemIdentifier: stoppedAt(Records, done, error) }] : [],
    };
  });
}

/**
 * Logs that a batch stopped before one of its records, and which payment that is of.
 *
 * @returns the sequence number to report, so that Lambda starts again there
 * @throws the error when nothing is done: Lambda bisects a batch on an error; reported from its first
 *   record on, it would come again as a whole until all of it is given up
 */
export function stoppedAt(
  records: readonly DynamoDBRecord[],
  done: number,
  error: unknown,
): string {
  const failed = records[done];
  const sequence = failed?.dynamodb?.SequenceNumber as string;
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  logger.warn('stopped in the batch', {
    ...contextOf(failed),
    done,
    of: records.length,
    sequence,
    reason,
  });
  if (done === 0) {
    throw error instanceof Error ? error : new Error(reason);
  }
  return sequence;
}

/** What can be read of a record, which may be one that has no more than that. */
function contextOf(record: DynamoDBRecord | undefined): LogContext {
  const text = (name: string) => record?.dynamodb?.NewImage?.[name]?.S;
  const subject = text('type')?.startsWith('payout.') ? 'payout_id' : 'payment_id';
  const context = {
    tenant: text('tenant'),
    // An event's subject is its payment or payout; a transfer names its payment.
    payment_id: text('payment_id'),
    ...(text('subject') ? { [subject]: text('subject') } : {}),
    correlation_id: text('correlation_id'),
  };
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value !== undefined));
}
