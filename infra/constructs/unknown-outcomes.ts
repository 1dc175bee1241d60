import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../shared/runtime/observability.ts';
import { type AlarmTopic, alarmPeriod } from './alarm-topic.ts';
import { metricsNamespace } from './permissions.ts';

const metricName: MetricName = 'OutcomeUnknown';

/** The contexts whose functions record an unknown outcome. */
const services = ['providers', 'payments'];

/** Raises an alarm when nobody knows whether a PSP took or returned a payment's money. */
export function raiseOnUnknownOutcomes(scope: Construct, alarms: AlarmTopic): void {
  const counted = services.map((service): [string, Metric] => [
    service,
    new Metric({
      namespace: metricsNamespace,
      metricName,
      dimensionsMap: { service },
      statistic: 'Sum',
      period: alarmPeriod,
    }),
  ]);
  alarms.raise(scope, 'OutcomeUnknown', {
    metric: new MathExpression({
      // Without FILL, the one service's minute could be lost for want of the other's.
      expression: `SUM([${services.map((service) => `FILL(${service}, 0)`).join(', ')}])`,
      usingMetrics: Object.fromEntries(counted),
      label: metricName,
      period: alarmPeriod,
    }),
    threshold: 1,
    // FILL makes a zero of a minute whose count is on its way, so that minutes are looked at again.
    lookBackPeriods: 5,
    says: 'The outcome of a charge or a reversal is unknown: its payment stays processing and keeps its hold. Read its events, and ask the PSP. Nothing may be retried or voided before its answer is known.',
  });
}
