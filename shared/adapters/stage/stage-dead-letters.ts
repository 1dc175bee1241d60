import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { v7 } from 'uuid';
import type { RedriveDependencies } from '../../runtime/dead-letters/redrive.ts';
import { storiesOf } from '../../runtime/dead-letters/stories.ts';
import { remainingMs, traced } from '../../runtime/observability.ts';
import { clientOptions } from '../aws/client-options.ts';
import { contentOf } from '../aws/dead-letters/content.ts';
import { lambdaStreamFunction } from '../aws/dead-letters/invoke-stream-function.ts';
import { sqsLetterQueues } from '../aws/dead-letters/letter-queues.ts';
import { itemOf } from '../aws/dead-letters/record.ts';
import { dynamoStreamRange } from '../aws/dead-letters/stream-range.ts';
import { dynamo, tableName } from '../dynamo/client.ts';
import { dynamoOperatorLog } from '../dynamo/operator-log.ts';
import { dynamoPaymentStore } from '../dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../dynamo/payments/payout-store.ts';

/** SQS is asked to wait for so long for a letter. */
const longPollMs = 1_000;

/** What the dead letters of the stage that this process has the environment of are worked on with. */
export function stageDeadLetters(): RedriveDependencies {
  const options = clientOptions();
  const { requestHandler } = options;
  const tables = { payments: tableName('payments') };
  const patient = {
    ...options,
    requestHandler: {
      ...requestHandler,
      requestTimeout: requestHandler.requestTimeout + longPollMs,
    },
  };
  const lambda = new LambdaClient({
    ...options,
    // A second try could run beside the first.
    maxAttempts: 1,
    // It ends by the signal that each invocation is given.
    requestHandler: { connectionTimeout: requestHandler.connectionTimeout },
  });
  return {
    contentOf,
    itemOf,
    queues: sqsLetterQueues(traced(new SQSClient(patient))),
    readRange: dynamoStreamRange(traced(new DynamoDBStreamsClient(options))),
    readStory: storiesOf({
      payments: dynamoPaymentStore(dynamo(), tables).events,
      payouts: dynamoPayoutStore(dynamo(), tables).events,
    }),
    remainingMs,
    invoke: lambdaStreamFunction(traced(lambda), remainingMs),
    log: dynamoOperatorLog(dynamo(), tableName('operator_log')),
    now: () => new Date().toISOString(),
    newId: () => v7(),
  };
}
