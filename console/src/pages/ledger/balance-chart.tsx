import { Group, NativeSelect, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { BalanceReport, CurrencyCode } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { amountText } from '../../components/figures/amounts.ts';
import { ChartTable } from '../../components/figures/chart-table.tsx';
import { LineChart } from '../../components/figures/charts.ts';
import { QueryView } from '../../components/query-view.tsx';
import { accountNames, balancePoints, seriesOf } from './figures.ts';
import { usePeriod } from './use-period.tsx';

/** What was the merchant's at the end of each day, of one currency at a time. */
export function BalanceChart({ currencies }: { readonly currencies: readonly string[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = chosen && currencies.includes(chosen) ? chosen : (currencies[0] ?? 'EUR');
  const { from, to, chooser } = usePeriod('Period of the chart');
  const report = useApi(
    ['ledger', 'balances', currency, from, to],
    ({ client, signal }) =>
      client.reports.getBalanceReport({ currency: currency as CurrencyCode, from, to }, { signal }),
    { keepPrevious: true },
  );
  return (
    <Paper component="section" aria-labelledby="balances">
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2} id="balances">
          Balances by day
        </Title>
        <Group gap="xs">
          <NativeSelect
            aria-label="Currency of the chart"
            size="xs"
            data={[...currencies]}
            value={currency}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          {chooser}
        </Group>
      </Group>
      <QueryView query={report} rows={6}>
        {(data) => <Lines report={data} />}
      </QueryView>
    </Paper>
  );
}

function Lines({ report }: { readonly report: BalanceReport }) {
  const series = seriesOf(report).map((one) => ({ ...one, label: accountNames[one.name] }));
  const points = balancePoints(report);
  if (series.length === 0) {
    return <Text c="dimmed">Nothing was the merchant’s in {report.currency} in this period.</Text>;
  }
  const amount = (minor: number) => amountText(minor, report.currency);
  return (
    <>
      <div aria-hidden="true">
        <LineChart
          h={260}
          data={[...points]}
          dataKey="day"
          series={series}
          curveType="stepAfter"
          withDots={points.length < 32}
          withLegend
          accessibilityLayer={false}
          valueFormatter={amount}
          yAxisProps={{ width: 110 }}
          xAxisProps={{ minTickGap: 32 }}
        />
      </div>
      <ChartTable
        caption={`Balances by day in ${report.currency}`}
        columns={['Day', ...series.map(({ label }) => label)]}
        rows={report.data.map((day) => [
          day.day,
          ...series.map(({ name }) => amount(day[name].posted)),
        ])}
      />
    </>
  );
}
