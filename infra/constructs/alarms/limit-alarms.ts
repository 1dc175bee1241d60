import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { gatewayThrottled } from '../api/payment-api.ts';
import { constructId } from '../house-function.ts';
import { metricsNamespace } from '../permissions.ts';
import { type AlarmTopic, alarmPeriod, lookBackPeriods } from './alarm-topic.ts';
import { awsMetric } from './metrics.ts';

/** As many in a minute are no burst that a retry swallows. */
const several = 10;
/** Of the account's executions at once: past it, the next burst is throttled. */
const busyPercent = 80;

/** Raises an alarm where AWS, or our own limit on the API, turns work away. */
export function raiseOnLimits(
  scope: Construct,
  alarms: AlarmTopic,
  tables: Readonly<Record<string, { readonly tableName: string }>>,
): void {
  alarms.raise(scope, 'ApiThrottled', {
    metric: awsMetric(metricsNamespace, gatewayThrottled, 'Sum', alarmPeriod),
    threshold: several,
    lookBackPeriods,
    runbook: 'api-throttled',
    says: "The API's own throttle turns requests away by 429, before any tenant's limit is looked at: more comes in than the stage was given for.",
  });
  alarms.raise(scope, 'LambdaThrottled', {
    metric: awsMetric('AWS/Lambda', 'Throttles', 'Sum', alarmPeriod),
    threshold: several,
    runbook: 'lambda-throttled',
    says: "Lambda turns invocations away: the account's concurrency is used up. Requests get 5xx; sagas, streams and queues try again.",
  });
  alarms.raise(scope, 'LambdaConcurrency', {
    metric: new MathExpression({
      expression: '100 * used / SERVICE_QUOTA(used)',
      usingMetrics: {
        used: awsMetric('AWS/Usage', 'ResourceCount', 'Maximum', alarmPeriod, {
          Service: 'Lambda',
          Type: 'Resource',
          Resource: 'ConcurrentExecutions',
          Class: 'None',
        }),
      },
      label: "% of the account's concurrency",
      period: alarmPeriod,
    }),
    threshold: busyPercent,
    runbook: 'lambda-concurrency',
    says: `More than ${busyPercent} % of what Lambda runs at once for this account is in use: the next burst is throttled.`,
  });
  alarms.raise(scope, 'ExecutionsThrottled', {
    metric: anyOf({
      transitions: awsMetric('AWS/States', 'ThrottledEvents', 'Sum', alarmPeriod, {
        ServiceMetric: 'StateTransition',
      }),
      starts: awsMetric('AWS/States', 'ThrottledEvents', 'Sum', alarmPeriod, {
        APIName: 'StartExecution',
      }),
    }),
    threshold: several,
    lookBackPeriods,
    runbook: 'executions-throttled',
    says: 'Step Functions holds sagas up: more start, or go from state to state, than the account may. Nothing is lost, and payments take longer to settle.',
  });
  for (const [name, { tableName }] of Object.entries(tables)) {
    alarms.raise(scope, `${constructId(name)}TableThrottled`, {
      metric: anyOf({
        reads: awsMetric('AWS/DynamoDB', 'ReadThrottleEvents', 'Sum', alarmPeriod, {
          TableName: tableName,
        }),
        writes: awsMetric('AWS/DynamoDB', 'WriteThrottleEvents', 'Sum', alarmPeriod, {
          TableName: tableName,
        }),
      }),
      threshold: several,
      lookBackPeriods,
      runbook: 'dynamodb-throttled',
      says: `DynamoDB turns requests on the table ${name} away: one key is asked for more often than a partition bears, or the table has not grown with the load yet.`,
    });
  }
}

function anyOf(metrics: Readonly<Record<string, ReturnType<typeof awsMetric>>>): MathExpression {
  return new MathExpression({
    expression: Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(' + '),
    usingMetrics: metrics,
    label: 'throttled',
    period: alarmPeriod,
  });
}
