import { describe, expect, it } from 'vitest';
import { synthesized } from '../../testing/synth.ts';
import { metricsNamespace } from '../permissions.ts';

interface Query {
  readonly Expression?: string;
  readonly Period?: number;
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace: string };
    readonly Period: number;
  };
}

const alarms = synthesized('prod')
  .resources('AWS::CloudWatch::Alarm')
  .map(({ Properties }) => {
    const queries: readonly Query[] = Properties.Metrics ?? [];
    const stats = queries.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat] : []));
    return {
      name: String(Properties.AlarmName),
      periods: Number(Properties.EvaluationPeriods),
      seconds: Number(Properties.Period ?? stats[0]?.Period),
      fills: queries.some(({ Expression = '' }) => Expression.includes('FILL(')),
      isOfLogs: [Properties.Namespace, ...stats.map(({ Metric }) => Metric.Namespace)].includes(
        metricsNamespace,
      ),
    };
  });

describe('an alarm of one minute', () => {
  const late = alarms.filter(
    ({ seconds, fills, isOfLogs }) => seconds === 60 && (fills || isOfLogs),
  );

  it('looks at more than one where a minute may still be counted', () => {
    expect(late.length).toBeGreaterThan(20);
    expect(late.filter(({ periods }) => periods === 1)).toEqual([]);
  });

  it.each([/ApiThrottled$/, /ExecutionsThrottled$/, /PaymentsTableThrottled$/])(
    'is one of them where work is turned away: %s',
    (name) => {
      expect(late.filter((alarm) => name.test(alarm.name))).toHaveLength(1);
    },
  );
});
