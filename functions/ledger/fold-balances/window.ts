import type { DynamoDBRecord } from 'aws-lambda';

/**
 * What Lambda sends to a stream function with a tumbling window: the records of one shard, and at
 * the end of a window a call without any. Source: Lambda developer guide, "Implementing stateful
 * DynamoDB stream processing".
 */
export interface TimeWindowEvent {
  readonly Records?: readonly DynamoDBRecord[];
  readonly shardId?: string;
  readonly isFinalInvokeForWindow?: boolean;
  /** Set by who redrives a range that was given up; Lambda has no such member. */
  readonly redriven?: boolean;
}

/** What Lambda wants back from it: an answer without `state` counts as a failed invocation. */
export interface TimeWindowResponse {
  readonly state: Readonly<Record<string, never>>;
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** The answer that the records before the failed one, or all of them, are done. */
export function windowResponse(failedSequence?: string): TimeWindowResponse {
  return {
    state: {},
    batchItemFailures: failedSequence === undefined ? [] : [{ itemIdentifier: failedSequence }],
  };
}

/**
 * The shard that a batch comes from. Stock emulators name none: their streams have one shard at a
 * time and no windows, and there `STREAM_SHARD_FALLBACK` stands for it.
 *
 * @throws Error when neither is known: without the shard nothing can be folded exactly once
 */
export function shardOf(event: TimeWindowEvent, fallback: string | undefined): string {
  const shardId = event.shardId || fallback;
  if (!shardId) {
    throw new Error(
      'the event names no shard: set a tumbling window on the stream mapping, or STREAM_SHARD_FALLBACK',
    );
  }
  return shardId;
}
