import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { v7 } from 'uuid';
import { clientOptions } from '../../../shared/adapters/aws/client-options.ts';
import { contentOf } from '../../../shared/adapters/aws/dead-letters/content.ts';
import { edgesOf } from '../../../shared/adapters/aws/dead-letters/edges.ts';
import { lambdaStreamFunction } from '../../../shared/adapters/aws/dead-letters/invoke-stream-function.ts';
import { sqsLetterQueues } from '../../../shared/adapters/aws/dead-letters/letter-queues.ts';
import { itemOf } from '../../../shared/adapters/aws/dead-letters/record.ts';
import { dynamoStreamRange } from '../../../shared/adapters/aws/dead-letters/stream-range.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import type { DeadLetterEdge } from '../../../shared/contracts/dead-letters/edge.ts';
import type { Outputs } from '../deployed.ts';
import type { RedriveDependencies } from './letters/redrive.ts';
import { storiesOf } from './stories.ts';

/** A function of a stream has thirty seconds, and may have to start first. */
const invocationTimeoutMs = 60_000;

/** The dead letters of the stage that this process has the environment of. */
export function deadLettersOf(
  outputs: Outputs,
): RedriveDependencies & { readonly edges: readonly DeadLetterEdge[] } {
  const options = clientOptions();
  const tables = { payments: tableName('payments'), ledger: tableName('ledger') };
  const lambda = new LambdaClient({
    ...options,
    // A second try could run beside the first.
    maxAttempts: 1,
    requestHandler: { ...options.requestHandler, requestTimeout: invocationTimeoutMs },
  });
  return {
    edges: edgesOf(outputs),
    contentOf,
    itemOf,
    queues: sqsLetterQueues(new SQSClient(options)),
    readRange: dynamoStreamRange(new DynamoDBStreamsClient(options)),
    readStory: storiesOf({
      payments: dynamoPaymentStore(dynamo(), tables).events,
      payouts: dynamoPayoutStore(dynamo(), tables).events,
    }),
    invoke: lambdaStreamFunction(lambda),
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')),
    now: () => new Date().toISOString(),
    newId: () => v7(),
  };
}
