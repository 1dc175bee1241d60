import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { InvokeStreamFunction } from '../../../ports/dead-letters.ts';

interface Answer {
  readonly batchItemFailures?: readonly { readonly itemIdentifier?: string }[];
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** Invokes a function and waits for its answer. `redriven` tells it that the stream has gone on. */
export function lambdaStreamFunction(client: LambdaClient): InvokeStreamFunction {
  return async (functionName, shardId, records) => {
    const event = { Records: records.map(({ record }) => record), shardId, redriven: true };
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
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
