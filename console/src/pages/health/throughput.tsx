import { Text } from '@mantine/core';
import { ChartTable } from '../../components/figures/chart-table.tsx';
import { LineChart } from '../../components/figures/charts.ts';
import { throughputPoints, throughputText } from './figures.ts';
import type { Part } from './types.ts';

const series = [
  { name: 'accepted', label: 'Accepted', color: 'blue.6' },
  { name: 'settled', label: 'Settled', color: 'teal.6' },
  { name: 'failed', label: 'Failed', color: 'red.6' },
];

/** What was accepted in each minute of the window, and what of it settled and failed. */
export function Throughput({ minutes }: { readonly minutes: Part<'per_minute'> }) {
  const points = throughputPoints(minutes);
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {throughputText(minutes)} By the minute of their acceptance, UTC.
      </Text>
      <div aria-hidden="true">
        <LineChart
          h={240}
          data={points}
          dataKey="minute"
          series={series}
          curveType="linear"
          withDots={false}
          withLegend
          accessibilityLayer={false}
          yAxisProps={{ allowDecimals: false, width: 32 }}
          xAxisProps={{ minTickGap: 24 }}
        />
      </div>
      <ChartTable
        caption="Payments per minute"
        columns={['Minute', ...series.map(({ label }) => label)]}
        rows={points
          .filter(({ accepted }) => accepted > 0)
          .map(({ minute, accepted, settled, failed }) => [
            minute,
            String(accepted),
            String(settled),
            String(failed),
          ])}
      />
    </>
  );
}
