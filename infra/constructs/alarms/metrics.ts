import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { DurationName, MetricName } from '../../../shared/runtime/metric-catalogue.ts';
import type { Stage } from '../../stages.ts';
import { apiNameOf, apiStageName } from '../api/payment-api.ts';
import { metricsNamespace } from '../permissions.ts';

/** A metric of the house, as one context has it. */
export function houseMetric(
  metricName: MetricName | DurationName,
  service: string,
  { statistic, period }: { readonly statistic: string; readonly period: Duration },
): Metric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service },
    statistic,
    period,
  });
}

/** A metric of `POST /payments` as the gateway has it: the one method that has metrics of its own. */
export function acceptMetric(
  stage: Pick<Stage, 'name'>,
  metricName: 'Count' | '5XXError' | 'Latency',
  period: Duration,
): Metric {
  return new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: {
      ApiName: apiNameOf(stage),
      Stage: apiStageName,
      Resource: '/payments',
      Method: 'POST',
    },
    statistic: 'Sum',
    period,
  });
}

/** A metric of the whole account in this region, or of a part of it that AWS names. */
export function awsMetric(
  namespace: string,
  metricName: string,
  statistic: 'Sum' | 'Maximum',
  period: Duration,
  dimensionsMap: Readonly<Record<string, string>> = {},
): Metric {
  return new Metric({ namespace, metricName, statistic, period, dimensionsMap });
}

/** The ARN of an alarm by its name: no stack need export it. */
export function alarmArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
