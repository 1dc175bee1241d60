import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stages } from '../../stages.ts';
import type { Resource } from '../../testing/synth.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { burns, raiseOnBurn } from './burn-alarms.ts';

const template = (() => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'stack');
  const alarms = new AlarmTopic(stack, 'Alarms', {
    stage: stages.prod,
    email: 'someone@example.com',
  });
  raiseOnBurn(stack, alarms, stages.prod);
  return Template.fromStack(stack);
})();

const find = (type: string) =>
  Object.values(template.findResources(type)).map(
    ({ Properties }) => Properties as Resource['Properties'],
  );
const partOf = (name: string) =>
  find('AWS::CloudWatch::Alarm').find(({ AlarmName }) => AlarmName === `stack-${name}`);
const metricsOf = (name: string) => {
  const [expression, ...metrics] = partOf(name).Metrics;
  return { expression: expression.Expression as string, metrics };
};

/** What CloudWatch makes of the expression, when the metrics have these values in a window. */
function evaluated(name: string, values: Readonly<Record<string, number>>): number {
  const js = metricsOf(name)
    .expression.replaceAll(/FILL\((\w+), 0\)/g, (_, id: string) => String(values[id] ?? 0))
    .replace(/^IF\((.*), (.*), 0\)$/, '($1) ? ($2) : 0');
  return Number(new Function(`return ${js}`)());
}

describe('the pace at which a budget burns', () => {
  it('is what the workbook has for 2 % of a month in an hour, and 5 % in six', () => {
    const monthHours = 30 * 24;
    expect(burns.map(({ rate, longMinutes }) => (rate * longMinutes) / 60 / monthHours)).toEqual([
      0.02, 0.05,
    ]);
    for (const { longMinutes, shortMinutes } of burns) {
      expect(longMinutes / shortMinutes).toBe(12);
    }
  });

  it.each([
    ['AcceptBurnsFast', [60, 5], 0.0144],
    ['AcceptBurnsSlow', [360, 30], 0.006],
    ['SettleBurnsFast', [60, 5], 0.144],
    ['SettleBurnsSlow', [360, 30], 0.06],
  ] as const)('%s: is measured over %j minutes at once, at %d', (name, windows, threshold) => {
    const composite = find('AWS::CloudWatch::CompositeAlarm').find(
      ({ AlarmName }) => AlarmName === `stack-${name}`,
    );
    expect(composite.AlarmActions).toHaveLength(1);
    const rule = composite.AlarmRule['Fn::Join'][1]
      .map((part: string | { 'Fn::GetAtt': string[] }) =>
        typeof part === 'string' ? part : part['Fn::GetAtt'][0],
      )
      .join('');
    expect(rule).toMatch(
      new RegExp(
        `^\\(ALARM\\("${name}Over${windows[0]}Minutes\\w+"\\) AND ALARM\\("${name}Over${windows[1]}Minutes\\w+"\\)\\)$`,
      ),
    );
    for (const minutes of windows) {
      const part = partOf(`${name}Over${minutes}Minutes`);
      expect(part).toMatchObject({ Threshold: threshold, EvaluationPeriods: 1 });
      expect(part.AlarmActions).toBeUndefined();
      for (const { MetricStat } of metricsOf(`${name}Over${minutes}Minutes`).metrics) {
        expect(MetricStat.Period).toBe(Duration.minutes(minutes).toSeconds());
      }
    }
  });
});

describe('the part that was bad', () => {
  const name = 'AcceptBurnsFastOver5Minutes';

  it.each([
    [{ slow: 10, errors: 4, requests: 1_000 }, 0.014],
    [{ slow: 10, errors: 5, requests: 1_000 }, 0.015],
    [{ errors: 500, requests: 500 }, 1],
    [{ slow: 5, requests: 10 }, 0.5],
    // So few are no rate: four of ten at night wake nobody.
    [{ slow: 4, requests: 10 }, 0],
    [{ requests: 1_000 }, 0],
    [{}, 0],
  ])('of accepts, %j, is %d', (values, share) => {
    expect(evaluated(name, values)).toBeCloseTo(share, 9);
  });

  it('of accepts is of what the gateway answered at this one method', () => {
    const dimensionsOf = (id: string) =>
      metricsOf(name).metrics.find(({ Id }: { Id: string }) => Id === id).MetricStat.Metric;
    for (const [id, metric] of [
      ['errors', '5XXError'],
      ['requests', 'Count'],
    ] as const) {
      expect(dimensionsOf(id)).toEqual({
        Namespace: 'AWS/ApiGateway',
        MetricName: metric,
        Dimensions: expect.arrayContaining([
          { Name: 'ApiName', Value: 'paysaga-prod' },
          { Name: 'Method', Value: 'POST' },
          { Name: 'Resource', Value: '/payments' },
          { Name: 'Stage', Value: 'v1' },
        ]),
      });
    }
  });

  it('of settling is of all that settled, in whichever context', () => {
    const settle = 'SettleBurnsSlowOver30Minutes';
    expect(
      evaluated(settle, {
        late_payments: 5,
        late_providers: 14,
        late_operations: 1,
        settled_payments: 100,
        settled_providers: 140,
        settled_operations: 10,
      }),
    ).toBeCloseTo(0.08, 9);
    const stats = metricsOf(settle).metrics.map(
      ({
        MetricStat: { Metric, Stat },
      }: {
        MetricStat: { Metric: Resource['Properties']; Stat: string };
      }) => [Metric.MetricName, Metric.Dimensions[0].Value, Stat],
    );
    expect(stats).toEqual([
      ['SettledLate', 'payments', 'Sum'],
      ['SettledLate', 'providers', 'Sum'],
      ['SettledLate', 'operations', 'Sum'],
      ['TimeToSettleMs', 'payments', 'SampleCount'],
      ['TimeToSettleMs', 'providers', 'SampleCount'],
      ['TimeToSettleMs', 'operations', 'SampleCount'],
    ]);
  });
});
