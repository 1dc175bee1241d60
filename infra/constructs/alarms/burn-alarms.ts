import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { objectives } from '../../../shared/runtime/objectives.ts';
import type { Stage } from '../../stages.ts';
import type { AlarmTopic } from './alarm-topic.ts';
import { acceptMetric, houseMetric } from './metrics.ts';
import type { RunbookSlug } from './runbook.ts';

/**
 * How fast the budget of a month burns until somebody is woken: 2 % of it in an hour, or 5 % in six.
 * The shorter window ends the alarm soon after its cause. Source: Google, The Site Reliability
 * Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".
 */
export const burns = [
  { name: 'Fast', rate: 14.4, longMinutes: 60, shortMinutes: 5 },
  { name: 'Slow', rate: 6, longMinutes: 360, shortMinutes: 30 },
] as const;

/** Fewer bad ones than this in a window are no rate: one of ten at night is 100 times the budget. */
const leastBad = 5;

/**
 * The contexts whose functions settle a payment: what charges or asks, what takes notices, what fails,
 * and where a person says what became of a parked one.
 */
const settling = ['payments', 'providers', 'operations'] as const;

interface Objective {
  readonly id: 'Accept' | 'Settle';
  readonly goal: number;
  readonly runbook: RunbookSlug;
  /** What was promised and is not kept. */
  readonly says: string;
  /** What was bad, and of how many, each the sum of metrics over a period. */
  readonly counts: (
    period: Duration,
  ) => Readonly<Record<'bad' | 'all', Readonly<Record<string, IMetric>>>>;
}

function objectivesOf(stage: Stage): readonly Objective[] {
  return [
    {
      id: 'Accept',
      goal: objectives.accept.goal,
      runbook: 'accept-slo',
      says: 'POST /payments is answered by 5xx, or after more than a second',
      counts: (period) => ({
        bad: {
          slow: houseMetric('SlowAccept', 'payments', { statistic: 'Sum', period }),
          errors: acceptMetric(stage, '5XXError', period),
        },
        all: { requests: acceptMetric(stage, 'Count', period) },
      }),
    },
    {
      id: 'Settle',
      goal: objectives.settle.goal,
      runbook: 'settle-slo',
      says: 'Payments take more than a minute to settle',
      counts: (period) => ({
        bad: byService('late', 'SettledLate', 'Sum', period),
        all: byService('settled', 'TimeToSettleMs', 'SampleCount', period),
      }),
    },
  ];
}

function byService(
  id: string,
  metric: 'SettledLate' | 'TimeToSettleMs',
  statistic: string,
  period: Duration,
): Record<string, IMetric> {
  return Object.fromEntries(
    settling.map((service) => [
      `${id}_${service}`,
      houseMetric(metric, service, { statistic, period }),
    ]),
  );
}

/** Raises an alarm when an objective's budget burns too fast, over a long window and a short one. */
export function raiseOnBurn(scope: Construct, alarms: AlarmTopic, stage: Stage): void {
  for (const { id, goal, runbook, says, counts } of objectivesOf(stage)) {
    for (const { name, rate, longMinutes, shortMinutes } of burns) {
      alarms.raiseWhenAll(scope, `${id}Burns${name}`, {
        runbook,
        says: `${says}, ${rate} times as often as the budget of ${percent(1 - goal)} has room for: at this pace, all of a month's is gone in ${Math.round((30 * 24) / rate)} hours.`,
        members: [longMinutes, shortMinutes].map((minutes) => ({
          id: `${id}Burns${name}Over${minutes}Minutes`,
          metric: shareOfBad(counts(Duration.minutes(minutes)), Duration.minutes(minutes)),
          threshold: rounded(rate * (1 - goal)),
        })),
      });
    }
  }
}

/** Which part of all was bad, in a window. */
export function shareOfBad(
  { bad, all }: ReturnType<Objective['counts']>,
  period: Duration,
): MathExpression {
  // Without FILL, a window without one of them would have no sum.
  const sum = (metrics: Readonly<Record<string, IMetric>>) =>
    Object.keys(metrics)
      .map((id) => `FILL(${id}, 0)`)
      .join(' + ');
  return new MathExpression({
    expression: `IF(${sum(bad)} >= ${leastBad}, (${sum(bad)}) / (${sum(all)}), 0)`,
    usingMetrics: { ...bad, ...all },
    label: 'part that was bad',
    period,
  });
}

const rounded = (share: number): number => Number(share.toFixed(6));
const percent = (share: number): string => `${rounded(share * 100)} %`;
