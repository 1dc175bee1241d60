import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logger, observed } from './observability.ts';

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
    const failed = Records[done];
    if (!failed) {
      return { batchItemFailures: [] };
    }
    const sequence = failed.dynamodb?.SequenceNumber as string;
    logger.warn('stopped in the batch', {
      done,
      of: Records.length,
      sequence,
      reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
    return { batchItemFailures: [{ itemIdentifier: sequence }] };
  });
}
