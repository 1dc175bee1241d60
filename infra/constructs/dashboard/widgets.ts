import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type GraphWidgetProps, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { DurationName, MetricName } from '../../../shared/runtime/metric-catalogue.ts';
import { metricsNamespace } from '../permissions.ts';

const minute = Duration.minutes(1);
const height = 6;

/** How wide a dashboard is. */
export const columns = 24;

/** So many graphs beside each other, each as wide as the others. */
export function graphs(given: readonly GraphWidgetProps[]): GraphWidget[] {
  return given.map(
    (props) => new GraphWidget({ height, width: Math.floor(columns / given.length), ...props }),
  );
}

/** A metric of the house a minute, over all contexts that count it. */
export function total(metricName: MetricName, label: string = metricName): MathExpression {
  const search = `SEARCH('{${metricsNamespace},service} MetricName="${metricName}"', 'Sum', 60)`;
  return math(`SUM(${search})`, label);
}

/** A duration of the house, a line for each context that measures it. */
export function lasting(metricName: DurationName, statistic: string): MathExpression {
  return math(
    `SEARCH('{${metricsNamespace},service} MetricName="${metricName}"', '${statistic}', 60)`,
    statistic,
  );
}

/**
 * A metric of AWS for everything of the stage whose name has these words: CloudFormation names what it
 * makes by stack and logical id, of which CloudWatch knows each word.
 */
export function named(
  schema: string,
  metricName: string,
  statistic: string,
  words: readonly string[],
): MathExpression {
  const terms = words.map((word) => ` ${word}`).join('');
  return math(
    `SEARCH('{${schema}} MetricName="${metricName}"${terms}', '${statistic}', 60)`,
    metricName,
  );
}

function math(expression: string, label: string): MathExpression {
  return new MathExpression({ expression, usingMetrics: {}, label, period: minute });
}

/** What it may be at the most, as a line. */
export function upTo(
  value: number,
  label: string,
): NonNullable<GraphWidgetProps['leftAnnotations']> {
  return [{ value, label, color: '#d13212' }];
}
