import type { GraphWidgetProps } from 'aws-cdk-lib/aws-cloudwatch';
import { objectives } from '../../../shared/runtime/objectives.ts';
import type { Stage } from '../../stages.ts';
import { alarmPeriod } from '../alarms/alarm-topic.ts';
import { awsMetric } from '../alarms/metrics.ts';
import type { RunbookSlug } from '../alarms/runbook.ts';
import { apiNameOf } from '../api/payment-api.ts';
import { metricsNamespace } from '../permissions.ts';
import { lasting, named, total, upTo } from './widgets.ts';

/** What one asks first, and what answers it. */
export interface Row {
  readonly title: string;
  readonly says: string;
  /** Whose alarms are shown with it. */
  readonly runbook: readonly RunbookSlug[];
  /** Lines of graphs. */
  readonly graphs: readonly (readonly GraphWidgetProps[])[];
}

/** The rows, from what is asked first to what explains it. */
export function rowsOf(stage: Pick<Stage, 'name'>): readonly Row[] {
  return [moneyMoves(stage), stuck(stage), providers, limits(stage), ledger(stage)];
}

const moneyMoves = ({ name }: Pick<Stage, 'name'>): Row => ({
  title: 'Is money moving?',
  says: 'Accepted and settled go together. Accepted alone: sagas do not run. Neither: nobody gets in.',
  runbook: ['accept-slo', 'settle-slo'],
  graphs: [
    [
      {
        title: 'Payments a minute',
        left: [
          total('PaymentAccepted', 'accepted'),
          total('PaymentCaptured', 'captured'),
          total('PaymentAuthorized', 'authorized'),
          total('PaymentFailed', 'failed'),
        ],
      },
      {
        title: `Accept, ms: ${objectives.accept.goal * 100} % within ${objectives.accept.withinMs}`,
        left: [lasting('AcceptLatencyMs', 'p50'), lasting('AcceptLatencyMs', 'p99')],
        right: [total('SlowAccept', 'slow')],
        leftAnnotations: upTo(objectives.accept.withinMs, 'objective'),
      },
      {
        title: `Settle, ms: ${objectives.settle.goal * 100} % within ${objectives.settle.withinMs}`,
        left: ['p50', 'p90', 'p99'].map((statistic) => lasting('TimeToSettleMs', statistic)),
        right: [total('SettledLate', 'late')],
        leftAnnotations: upTo(objectives.settle.withinMs, 'objective'),
      },
    ],
    [
      {
        title: 'Money back a minute',
        left: [
          total('PaymentRefunded', 'refunded'),
          total('PaymentCanceled', 'canceled'),
          total('PaymentExpired', 'expired'),
          total('DisputeOpened', 'disputed'),
        ],
      },
      {
        title: 'Payouts a minute',
        left: [total('PayoutPaid', 'paid'), total('PayoutFailed', 'failed')],
      },
      {
        title: 'Webhooks a minute',
        left: [total('WebhookDelivered', 'delivered'), total('WebhookFailed', 'given up')],
        right: [
          named('AWS/Lambda,FunctionName', 'Errors', 'Sum', [
            'paysaga',
            name,
            'webhooks',
            'deliver',
          ]),
        ],
      },
    ],
  ],
});

const stuck = ({ name }: Pick<Stage, 'name'>): Row => ({
  title: 'What is stuck?',
  says: 'Each of these waits: what is parked and what is dead, for a person.',
  runbook: [
    'outcome-parked',
    'outcome-unknown',
    'saga-resumed',
    'execution-ended',
    'dead-letters',
    'dead-letters-old',
    'events-wait',
    'stream-lagging',
    'projection-lag',
    'events-republished',
    'scheduled-run-failed',
  ],
  graphs: [
    [
      {
        title: 'Unknown, parked, begun anew',
        left: [
          total('OutcomeUnknown', 'unknown'),
          total('OutcomeParked', 'parked'),
          total('SagaResumed', 'begun anew'),
        ],
      },
      {
        title: 'Dead letters',
        left: queues('ApproximateNumberOfMessagesVisible', name),
      },
      {
        title: 'Age of the oldest dead letter, s',
        left: queues('ApproximateAgeOfOldestMessage', name),
      },
    ],
    [
      {
        title: 'Behind their stream, ms (relay, sagas, balances)',
        left: [named('AWS/Lambda,FunctionName', 'IteratorAge', 'Maximum', ['paysaga', name])],
      },
      {
        title: 'Behind the bus: age of the oldest event, s',
        left: [
          named('AWS/SQS,QueueName', 'ApproximateAgeOfOldestMessage', 'Maximum', [
            'paysaga',
            name,
            'readers',
          ]),
        ],
      },
      {
        title: 'Read models behind, ms',
        left: ['payment_list', 'daily_totals'].map((projection) =>
          named(`${metricsNamespace},projection,service`, 'ProjectionLagMs', 'Maximum', [
            `projection="${projection}"`,
          ]),
        ),
      },
    ],
  ],
});

function queues(metricName: string, stage: string): NonNullable<GraphWidgetProps['left']> {
  return [named('AWS/SQS,QueueName', metricName, 'Maximum', ['paysaga', stage, 'dead'])];
}

const providers: Row = {
  title: 'Do the PSPs answer?',
  says: 'An opened breaker and unknown outcomes are the PSP; busy alone is our limit on it.',
  runbook: ['breaker-opened', 'contradicting-notice', 'webhook-rejected'],
  graphs: [
    [
      {
        title: 'Breakers opened, calls spared as busy',
        left: [total('BreakerOpened', 'opened'), total('ProviderThrottled', 'busy')],
      },
      {
        title: 'What became of charges',
        left: [
          total('PaymentCaptured', 'captured'),
          total('PaymentAuthorized', 'authorized'),
          total('PaymentFailed', 'failed'),
          total('OutcomeUnknown', 'unknown'),
        ],
      },
      {
        title: 'Notices of PSPs',
        left: [
          total('ContradictingNotice', 'contradicting'),
          total('WebhookRejected', 'without a valid signature'),
        ],
      },
    ],
  ],
};

const limits = (stage: Pick<Stage, 'name'>): Row => ({
  title: 'What is at a limit?',
  says: 'Lambda and Step Functions are of the whole account: another stage in it is in them.',
  runbook: [
    'api-throttled',
    'lambda-throttled',
    'lambda-concurrency',
    'dynamodb-throttled',
    'executions-throttled',
    'limits-unavailable',
    'policy-set-refused',
    'webhook-endpoint-disabled',
  ],
  graphs: [
    [
      {
        title: 'API: requests, and what was turned away',
        left: [
          api(stage, 'Count'),
          api(stage, '5XXError'),
          total('RequestLimited', '429 by a limit of ours'),
          awsMetric(metricsNamespace, 'GatewayThrottled', 'Sum', alarmPeriod),
        ],
      },
      {
        title: 'Lambda: running at once, throttled',
        left: [awsMetric('AWS/Lambda', 'ConcurrentExecutions', 'Maximum', alarmPeriod)],
        right: [named('AWS/Lambda,FunctionName', 'Throttles', 'Sum', ['paysaga', stage.name])],
      },
      {
        title: 'DynamoDB: throttled by table',
        left: ['ReadThrottleEvents', 'WriteThrottleEvents'].map((metric) =>
          named('AWS/DynamoDB,TableName', metric, 'Sum', ['paysaga', stage.name]),
        ),
      },
      {
        title: 'Step Functions: throttled',
        left: [
          awsMetric('AWS/States', 'ThrottledEvents', 'Sum', alarmPeriod, {
            ServiceMetric: 'StateTransition',
          }),
          awsMetric('AWS/States', 'ThrottledEvents', 'Sum', alarmPeriod, {
            APIName: 'StartExecution',
          }),
        ],
      },
    ],
  ],
});

const api = (stage: Pick<Stage, 'name'>, metric: string) =>
  awsMetric('AWS/ApiGateway', metric, 'Sum', alarmPeriod, { ApiName: apiNameOf(stage) });

const ledger = ({ name }: Pick<Stage, 'name'>): Row => ({
  title: 'Does the ledger add up?',
  says: 'A difference is never noise: pay nothing out until it is explained.',
  runbook: ['ledger-difference', 'reconciliation-break'],
  graphs: [
    [
      {
        title: 'Differences the audit found',
        left: [total('LedgerDifference', 'differences')],
      },
      {
        title: 'Settlement files: posted, breaks',
        left: [total('SettlementPosted', 'posted'), total('ReconciliationBreak', 'breaks')],
      },
      {
        title: 'Transfers into balances a minute',
        left: [total('TransfersFolded', 'folded')],
        right: [
          named('AWS/Lambda,FunctionName', 'IteratorAge', 'Maximum', [
            'paysaga',
            name,
            'fold',
            'balances',
          ]),
        ],
      },
    ],
  ],
});
