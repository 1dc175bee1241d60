import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { lagMetric, type ProjectionName } from '../../../shared/domain/projection/names.ts';
import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import { sagaNames, sagas, sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import type { FunctionSpec } from '../../../shared/runtime/function-spec.ts';
import type { MetricName } from '../../../shared/runtime/observability.ts';
import { metricsNamespace, serviceOf } from '../permissions.ts';
import { type AlarmTopic, alarmPeriod, lookBackPeriods } from './alarm-topic.ts';
import type { RunbookSlug } from './runbook.ts';

/** What one context counts, and of which so many are too many: one, unless strangers can do it. */
const watched: readonly {
  readonly metricName: MetricName;
  readonly service: string;
  /** As many in a minute; 1 when absent. */
  readonly threshold?: number;
  readonly says: string;
  readonly runbook: RunbookSlug;
}[] = [
  {
    metricName: 'LedgerDifference',
    runbook: 'ledger-difference',
    service: 'ledger',
    says: 'The books differ from the transfers: read the audit report; pay nothing out until it is explained.',
  },
  {
    metricName: 'ReconciliationBreak',
    runbook: 'reconciliation-break',
    service: 'settlement',
    says: 'A settlement file and the ledger differ: read the open breaks, and resolve each with its reason.',
  },
  {
    metricName: 'ContradictingNotice',
    runbook: 'contradicting-notice',
    service: 'payments',
    says: 'A PSP tells of a payment what our record excludes: see the notice and its reason among the dead letters of provider_notices, and ask the PSP. One of the two has to be put right by hand.',
  },
  {
    metricName: 'EventsRepublished',
    runbook: 'events-republished',
    service: 'payments',
    says: 'Events in the store had not reached the payment list, and were published again: read which in the log of payments-republish, and why in the dead letters of payments-relay. The same ones again an hour later: payments-project-list gives them up, see its dead letters.',
  },
  {
    metricName: 'WebhookEndpointDisabled',
    runbook: 'webhook-endpoint-disabled',
    service: 'webhooks',
    says: 'A webhook endpoint of a tenant was disabled: it answered 410, or failed for days. See which in the log of webhooks-deliver, and tell the tenant by another way: its own endpoint takes no notice.',
  },
  {
    metricName: 'WebhookRejected',
    runbook: 'webhook-rejected',
    service: 'providers',
    // Anybody can send one; a PSP whose secret is not ours any more sends many.
    threshold: 20,
    says: 'Webhooks without a valid signature come in: see the reasons in the log of providers-webhooks. With a provider that is ours, its secret was probably replaced on one side alone, and what it tells is lost when it gives up: put both secrets into the parameter. With none, it is a stranger, who got nothing.',
  },
  {
    metricName: 'BreakerOpened',
    runbook: 'breaker-opened',
    service: 'providers',
    says: 'A PSP leaves calls without an outcome, and is not called for now: charges go to the next PSP of their route, or fail as busy. It is tried again by itself after each cool-down; see its status page, and the reasons in `payment.outcome_unknown`.',
  },
];

/** A read model that is older than this is no longer a little behind. */
const maxLagMs = 5 * 60_000;

/** The service that each read model is kept by. */
const projectors: Readonly<Record<ProjectionName, string>> = {
  payment_list: 'payments',
  daily_totals: 'reports',
};

/** Raises an alarm at the first of each metric that says that money is not where it should be, and at many of what strangers can do. */
export function raiseOnMetrics(
  scope: Construct,
  alarms: AlarmTopic,
  specs: readonly FunctionSpec[],
): void {
  raiseOnUnknownOutcomes(scope, alarms, specs);
  raiseOnLag(scope, alarms);
  raiseOnAny(scope, alarms, {
    metricName: 'OutcomeParked',
    runbook: 'outcome-parked',
    // The inquiries, and the sweepers.
    services: ['payments', 'payouts', 'providers'],
    says: 'A payment or a payout waits for a person: `npx paysaga parked list` says what is at risk and why. Look at the PSP, then resolve it with a reason.',
  });
  raiseOnAny(scope, alarms, {
    metricName: 'SagaResumed',
    runbook: 'saga-resumed',
    services: ['payments', 'payouts'],
    says: 'A saga came to no end in its time, and the sweeper begins it anew. One is an execution that died; many are Step Functions, DynamoDB or a task that fails: see the alarms on executions, and the log of payments-sweep.',
  });
  raiseOnAny(scope, alarms, {
    metricName: 'LimitsUnavailable',
    runbook: 'limits-unavailable',
    services: servicesWithAccess(specs),
    // A slow call now and then is none; of a table that is away, each process counts two a second.
    threshold: 20,
    says: 'The limits of tenants are out of reach, so that everybody is let in: see `limits are out of reach` in the logs, and whether the access table answers. Until it does, the API is limited by its throttle alone.',
  });
  raiseOnAny(scope, alarms, {
    metricName: 'PolicySetRefused',
    runbook: 'policy-set-refused',
    services: servicesWithAccess(specs),
    says: 'The policies that are live cannot be used: every process decides by the last good ones. See which version and why in the log (policies refused); then publish a set with `npx paysaga policy publish`, which reviews it.',
  });
  for (const { metricName, service, threshold = 1, says, runbook } of watched) {
    alarms.raise(scope, metricName, {
      metric: counted(metricName, service),
      threshold,
      lookBackPeriods,
      says,
      runbook,
    });
  }
}

/** Raises an alarm when events come into a read model later than anybody takes for moments. */
function raiseOnLag(scope: Construct, alarms: AlarmTopic): void {
  for (const [projection, service] of Object.entries(projectors)) {
    alarms.raise(scope, `${lagMetric}-${projection}`, {
      metric: new Metric({
        namespace: metricsNamespace,
        metricName: lagMetric,
        dimensionsMap: { service, projection },
        statistic: 'Maximum',
        period: alarmPeriod,
      }),
      threshold: maxLagMs,
      lookBackPeriods,
      says: `Events come into ${projection} more than five minutes late: what is read of it is old. See the age of the oldest message in the queue of its projector, its throttles and errors, and its dead letters; min_version tells clients to wait.`,
      runbook: 'projection-lag',
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
    runbook: 'outcome-unknown',
    services: servicesOfUnknownOutcomes(specs),
    says: 'What a PSP or a bank did is unknown: the payment or payout stays processing and keeps its hold. An inquiry asks for it; what it cannot find out is parked. Nothing may be retried or voided before its answer is known.',
  });
}

/** Raises an alarm at the first of a metric that several contexts count, or at so many in a minute. */
function raiseOnAny(
  scope: Construct,
  alarms: AlarmTopic,
  {
    metricName,
    services,
    threshold = 1,
    says,
    runbook,
  }: {
    readonly metricName: MetricName;
    readonly services: readonly string[];
    readonly threshold?: number;
    readonly says: string;
    readonly runbook: RunbookSlug;
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
    threshold,
    lookBackPeriods,
    says,
    runbook,
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

/** The contexts whose functions let callers in, by limits and by policies. */
function servicesWithAccess(specs: readonly FunctionSpec[]): string[] {
  const deciding = specs.filter(
    ({ trigger }) =>
      trigger.kind === 'http' && trigger.endpoints.some(({ access }) => access !== null),
  );
  return [...new Set(deciding.map(({ name }) => serviceOf(name)))].sort();
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
