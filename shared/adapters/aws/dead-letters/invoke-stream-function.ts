import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { InvokeStreamFunction } from '../../../ports/dead-letters.ts';

interface Answer {
  readonly batchItemFailures?: readonly { readonly itemIdentifier?: string }[];
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** A function of a stream has thirty seconds, and may have to start first. */
const longestMs = 60_000;

/** What it takes to say what came of it, or to keep the rest. */
const afterwardsMs = 3_000;

/**
 * Invokes a function and waits for its answer. `redriven` tells it that the stream has gone on.
 *
 * @param leftMs until this process itself has to end
 */
export function lambdaStreamFunction(
  client: LambdaClient,
  leftMs: () => number = () => Number.POSITIVE_INFINITY,
): InvokeStreamFunction {
  return async (functionName, shardId, records) => {
    const withinMs = Math.min(longestMs, leftMs() - afterwardsMs);
    if (withinMs <= 0) {
      throw new Error('no time is left to give it to its function');
    }
    const event = { Records: records.map(({ record }) => record), shardId, redriven: true };
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
      { abortSignal: AbortSignal.timeout(withinMs) },
    );
    const answer = JSON.parse(Payload?.transformToString() || 'null') as Answer | null;
    if (FunctionError) {
      const { errorType = 'Error', errorMessage = 'no reason given' } = answer ?? {};
      return { kind: 'failed', errorName: errorType, reason: errorMessage };
    }
    const failed = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
      records.findIndex(({ sequence }) => sequence === itemIdentifier),
    );
    if (failed.length === 0) {
      return { kind: 'done' };
    }
    // As Lambda has it: an answer that names nothing of the batch fails all of it.
    const done = Math.min(...failed);
    return done > 0
      ? { kind: 'stopped', done }
      : { kind: 'failed', errorName: 'BatchItemFailure', reason: 'the first record was reported' };
  };
}
