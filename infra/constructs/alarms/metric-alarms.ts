import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import { sagaNames, sagas, sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import type { FunctionSpec } from '../../../shared/runtime/function-spec.ts';
import type { MetricName } from '../../../shared/runtime/observability.ts';
import { metricsNamespace, serviceOf } from '../permissions.ts';
import { type AlarmTopic, alarmPeriod } from './alarm-topic.ts';

/** What is counted reaches CloudWatch by the log, sometimes minutes late: those are looked at again. */
const lookBackPeriods = 5;

/** What one context counts, and of which one is too many. */
const watched: readonly {
  readonly metricName: MetricName;
  readonly service: string;
  readonly says: string;
}[] = [
  {
    metricName: 'LedgerDifference',
    service: 'ledger',
    says: 'The books differ from the transfers: read the audit report; pay nothing out until it is explained.',
  },
  {
    metricName: 'ReconciliationBreak',
    service: 'settlement',
    says: 'A settlement file and the ledger differ: read the open breaks, and resolve each with its reason.',
  },
];

/** Raises an alarm at the first of each metric that says that money is not where it should be. */
export function raiseOnMetrics(
  scope: Construct,
  alarms: AlarmTopic,
  specs: readonly FunctionSpec[],
): void {
  raiseOnUnknownOutcomes(scope, alarms, specs);
  for (const { metricName, service, says } of watched) {
    alarms.raise(scope, metricName, {
      metric: counted(metricName, service),
      threshold: 1,
      lookBackPeriods,
      says,
    });
  }
}

/** Raises an alarm when nobody knows whether a PSP or a bank moved money. */
function raiseOnUnknownOutcomes(
  scope: Construct,
  alarms: AlarmTopic,
  specs: readonly FunctionSpec[],
): void {
  const metricName: MetricName = 'OutcomeUnknown';
  const services = servicesOfUnknownOutcomes(specs);
  alarms.raise(scope, metricName, {
    metric: new MathExpression({
      // Without FILL, the one service's minute could be lost for want of the other's.
      expression: `SUM([${services.map((service) => `FILL(${service}, 0)`).join(', ')}])`,
      usingMetrics: Object.fromEntries(
        services.map((service) => [service, counted(metricName, service)]),
      ),
      label: metricName,
      period: alarmPeriod,
    }),
    threshold: 1,
    // FILL makes a zero of a minute whose count is on its way.
    lookBackPeriods,
    says: 'What a PSP or a bank did is unknown: the payment or payout stays processing and keeps its hold. Read its events, and ask the PSP or the bank. Nothing may be retried or voided before its answer is known.',
  });
}

/**
 * The contexts whose functions meet an unknown outcome, or record it: what asks a PSP or a bank, what
 * suspends, and what undoes or fails, which finds that it must not.
 */
export function servicesOfUnknownOutcomes(specs: readonly FunctionSpec[]): string[] {
  const recording = new Set<string>(
    sagaNames.flatMap((name) =>
      sagaNodes(sagas[name])
        .filter(({ role }) => role !== 'step')
        .map(({ task }) => task.name),
    ),
  );
  const services = specs.flatMap(({ name, trigger }) =>
    trigger.kind === 'saga-task' &&
    ('OutcomeUnknown' in sagaTasks[trigger.task].outcomes || recording.has(trigger.task))
      ? [serviceOf(name)]
      : [],
  );
  return [...new Set(services)].sort();
}

function counted(metricName: MetricName, service: string): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service },
    statistic: 'Sum',
    period: alarmPeriod,
  });
}
