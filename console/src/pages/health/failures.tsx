import { Text } from '@mantine/core';
import { ChartTable } from '../../components/figures/chart-table.tsx';
import { BarChart } from '../../components/figures/charts.ts';
import { failureBars } from './figures.ts';
import type { Part } from './types.ts';

/** Why payments of the window failed, the most frequent reason first. */
export function Failures({ failures }: { readonly failures: Part<'failures'> }) {
  const bars = failureBars(failures);
  return bars.length === 0 ? (
    <Text c="dimmed">No payment of the window failed.</Text>
  ) : (
    <>
      <div aria-hidden="true">
        <BarChart
          h={Math.max(100, 36 * bars.length + 40)}
          data={bars}
          dataKey="code"
          series={[{ name: 'count', label: 'Payments', color: 'red.6' }]}
          orientation="vertical"
          gridAxis="none"
          accessibilityLayer={false}
          withBarValueLabel
          maxBarWidth={18}
          xAxisProps={{ allowDecimals: false }}
          yAxisProps={{ width: 168 }}
        />
      </div>
      <ChartTable
        caption="Why payments failed"
        columns={['Code', 'Payments']}
        rows={bars.map(({ code, count }) => [code, String(count)])}
      />
    </>
  );
}
