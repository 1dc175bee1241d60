import { Table, Text, Title } from '@mantine/core';
import type { ReconciliationRun } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { useCursors } from '../../api/use-cursors.ts';
import { Empty } from '../../components/empty.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Time } from '../../components/time.tsx';
import { breaksOf, postedTexts } from './words.ts';

/** The files that were reconciled, newest first. */
export function Runs() {
  const { cursor, forward, back } = useCursors('runs');
  const runs = useApi(
    ['runs', cursor],
    ({ session, signal }) =>
      session.stage.client.reconciliation
        .runs({ limit: 20, ...(cursor ? { cursor } : {}) }, { signal })
        .page(),
    { keepPrevious: true, refetchMs: 30_000 },
  );
  return (
    <section aria-labelledby="runs">
      <Title order={2} mb="xs" id="runs">
        Runs
      </Title>
      <QueryView query={runs} rows={3}>
        {({ data, next_cursor }) =>
          data.length === 0 && cursor === undefined ? (
            <Empty title="No file was reconciled yet">
              A PSP sends a file a day; a run takes each up within the hour.
            </Empty>
          ) : (
            <>
              <ScrollTable label="Runs" minWidth={760}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>File</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th>Started (UTC)</Table.Th>
                    <Table.Th className="ps-number">Lines</Table.Th>
                    <Table.Th className="ps-number">Matched</Table.Th>
                    <Table.Th className="ps-number">Breaks</Table.Th>
                    <Table.Th>Posted</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.map((run) => (
                    <Run key={run.id} run={run} />
                  ))}
                </Table.Tbody>
              </ScrollTable>
              {(back || next_cursor !== null) && (
                <Pager
                  onNewer={back}
                  onOlder={next_cursor === null ? null : () => forward(next_cursor)}
                >
                  {data.length} runs
                </Pager>
              )}
            </>
          )
        }
      </QueryView>
    </section>
  );
}

function Run({ run }: { readonly run: ReconciliationRun }) {
  const { file, status, started, lines, matched } = run;
  return (
    <Table.Tr>
      <Table.Td className="ps-mono">{file}</Table.Td>
      <Table.Td>
        <StatusBadge status={status} tone={status === 'finished' ? 'good' : 'live'} />
      </Table.Td>
      <Table.Td>
        <Time at={started} />
      </Table.Td>
      <Table.Td className="ps-number">{lines}</Table.Td>
      <Table.Td className="ps-number">{matched}</Table.Td>
      <Table.Td className="ps-number">{breaksOf(run)}</Table.Td>
      <Table.Td>
        {postedTexts(run).map((text) => (
          <Text key={text} size="sm">
            {text}
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
