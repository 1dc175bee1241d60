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
  {
    metricName: 'ContradictingNotice',
    service: 'payments',
    says: 'A PSP tells of a payment what our record excludes: see the notice and its reason among the dead letters of provider_notices, and ask the PSP. One of the two has to be put right by hand.',
  },
  {
    metricName: 'EventsRepublished',
    service: 'payments',
    says: 'Events in the store had not reached the payment list, and were published again: read which in the log of payments-republish, and why in the dead letters of payments-relay. The same ones again an hour later: payments-project-list gives them up, see its dead letters.',
  },
  {
    metricName: 'BreakerOpened',
    service: 'providers',
    says: 'A PSP leaves calls without an outcome, and is not called for now: charges go to the next PSP of their route, or fail as busy. It is tried again by itself after each cool-down; see its status page, and the reasons in `payment.outcome_unknown`.',
  },
];

/** Raises an alarm at the first of each metric that says that money is not where it should be. */
export function raiseOnMetrics(
  scope: Construct,
  alarms: AlarmTopic,
  specs: readonly FunctionSpec[],
): void {
  raiseOnUnknownOutcomes(scope, alarms, specs);
  raiseOnAny(scope, alarms, {
    metricName: 'OutcomeParked',
    // The inquiries, and the sweepers.
    services: ['payments', 'payouts', 'providers'],
    says: 'A payment or a payout waits for a person: `npm run parked -- list` says what is at risk and why. Look at the PSP, then resolve it with a reason.',
  });
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
  raiseOnAny(scope, alarms, {
    metricName: 'OutcomeUnknown',
    services: servicesOfUnknownOutcomes(specs),
    says: 'What a PSP or a bank did is unknown: the payment or payout stays processing and keeps its hold. An inquiry asks for it; what it cannot find out is parked. Nothing may be retried or voided before its answer is known.',
  });
}

/** Raises an alarm at the first of a metric that several contexts count. */
function raiseOnAny(
  scope: Construct,
  alarms: AlarmTopic,
  {
    metricName,
    services,
    says,
  }: {
    readonly metricName: MetricName;
    readonly services: readonly string[];
    readonly says: string;
  },
): void {
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
    says,
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
