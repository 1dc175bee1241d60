import type { Standing } from '../../docs/cost/counts.ts';
import { functionSpecs } from '../../functions/index.ts';
import { metricsNamespace } from '../../infra/constructs/permissions.ts';
import type { Cadence } from '../../infra/stages/schedules.ts';
import { stages } from '../../infra/stages.ts';
import { type Resource, synthesized } from '../../infra/testing/synth.ts';
import { metricCatalogue } from '../../shared/runtime/metric-catalogue.ts';

const minutesAMonth = 30 * 24 * 60;

/** Of the stage `prod`, as its templates have it. */
export function countStanding(): Standing {
  const found = synthesized('prod');
  const watched = found.resources('AWS::CloudWatch::Alarm').flatMap(metricsIn);
  const count = (type: string) => found.resources(type).length;
  return {
    alarm_metrics: watched.length,
    composite_alarms: count('AWS::CloudWatch::CompositeAlarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
    metrics: ourMetrics(watched).size,
    kms_keys: count('AWS::KMS::Key'),
    polled_queues: functionSpecs.filter(
      ({ trigger: { kind } }) => kind === 'consumer' || kind === 'queue',
    ).length,
    scheduled_runs: functionSpecs
      .flatMap(({ trigger }) =>
        trigger.kind === 'schedule' ? [stages.prod.schedules[trigger.schedule]] : [],
      )
      .reduce((sum, cadence) => sum + runsAMonth(cadence), 0),
  };
}

interface WatchedMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

/** What an alarm looks at: one metric, or those of its expression. */
function metricsIn({ Properties }: Resource): readonly WatchedMetric[] {
  const { Metrics } = Properties as {
    readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: WatchedMetric } }[];
  };
  return (
    Metrics?.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : [])) ?? [Properties]
  );
}

/** Each once that an alarm looks at; and of a name that none does, one: it has a service at the least. */
function ourMetrics(watched: readonly WatchedMetric[]): ReadonlySet<string> {
  const ours = watched.filter(({ Namespace }) => Namespace === metricsNamespace);
  const names = new Set(ours.map(({ MetricName }) => MetricName));
  return new Set([
    ...ours.map(({ MetricName, Dimensions = [] }) =>
      JSON.stringify([
        MetricName,
        Dimensions.map(({ Name, Value }) => `${Name}=${String(Value)}`).sort(),
      ]),
    ),
    ...Object.keys(metricCatalogue).filter((name) => !names.has(name)),
  ]);
}

/** All that are at times are once a day. */
function runsAMonth(cadence: Cadence): number {
  return 'cron' in cadence ? 30 : minutesAMonth / cadence.rateMinutes;
}
