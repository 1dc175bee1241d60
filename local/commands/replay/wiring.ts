import { setTimeout as delay } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { v7 } from 'uuid';
import { type StageName, stages } from '../../../infra/stages.ts';
import { clientOptions } from '../../../shared/adapters/aws/client-options.ts';
import { edgesOf } from '../../../shared/adapters/aws/dead-letters/edges.ts';
import { sqsLetterQueues } from '../../../shared/adapters/aws/dead-letters/letter-queues.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoOperatorLog } from '../../../shared/adapters/dynamo/operator-log.ts';
import {
  dynamoPaymentHistory,
  dynamoPayoutHistory,
} from '../../../shared/adapters/dynamo/payments/history/histories.ts';
import { dynamoPaymentList } from '../../../shared/adapters/dynamo/payments/list/payment-list.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { dynamoGenerations } from '../../../shared/adapters/dynamo/projections/controls.ts';
import { dynamoDailyTotals } from '../../../shared/adapters/dynamo/projections/daily-totals.ts';
import { dynamoWebhookDeliveries } from '../../../shared/adapters/dynamo/webhooks/deliveries.ts';
import { dynamoWebhookEndpoints } from '../../../shared/adapters/dynamo/webhooks/endpoints.ts';
import type { SourceEdge } from '../../../shared/ports/dead-letters.ts';
import type { Outputs } from '../deployed.ts';
import type { ReplayDependencies } from './command.ts';
import { rehearseTotals } from './sandbox/daily-totals.ts';
import { rehearseList } from './sandbox/payment-list.ts';
import { rehearseWebhooks } from './sandbox/webhooks.ts';

/** Replays in the stage that this process has the environment of. */
export function replayOf(name: StageName, outputs: Outputs): ReplayDependencies {
  const tables = { payments: tableName('payments'), ledger: tableName('ledger') };
  const projections = tableName('projections');
  const webhooks = tableName('webhooks');
  const generations = dynamoGenerations(dynamo(), projections);
  const now = () => new Date().toISOString();
  return {
    sources: {
      payments: {
        ...dynamoPaymentStore(dynamo(), tables),
        ...dynamoPaymentHistory(dynamo(), tables.payments),
      },
      payouts: {
        ...dynamoPayoutStore(dynamo(), tables),
        ...dynamoPayoutHistory(dynamo(), tables.payments),
      },
    },
    rehearsals: {
      'payments-project-list': rehearseList(
        dynamoPaymentList(dynamo(), tableName('payment_list'), generations),
      ),
      'reports-project-totals': rehearseTotals(
        dynamoDailyTotals(dynamo(), projections),
        generations,
      ),
      'webhooks-fan-out': rehearseWebhooks({
        endpoints: dynamoWebhookEndpoints(dynamo(), webhooks),
        deliveries: dynamoWebhookDeliveries(dynamo(), webhooks),
        terms: stages[name].webhooks,
        now,
      }),
    },
    live: (consumer) => {
      const edge = edgeOf(outputs, consumer);
      const queues = sqsLetterQueues(new SQSClient(clientOptions()));
      const [account = ''] = edge.source_url.split('/').slice(-2);
      return {
        log: dynamoOperatorLog(dynamo(), tableName('operator_log')).append,
        send: (body) => queues.sendBack(edge, body),
        origin: { account, region: process.env.AWS_REGION ?? '' },
        keepMs: stages[name].webhooks.keepMs,
        nowMs: Date.now,
        pause: (ms) => delay(ms),
      };
    },
    newName: () => `replay-${v7()}`,
  };
}

/** The consumer's queue, by what its dead letters say of where they came from. */
function edgeOf(outputs: Outputs, consumer: string): SourceEdge {
  const edge = edgesOf(outputs).find(({ kind, name }) => kind === 'consumer' && name === consumer);
  if (edge?.kind !== 'consumer') {
    throw new Error(`the stage has no queue of ${consumer}: deploy it first`);
  }
  return edge;
}
