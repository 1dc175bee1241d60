import { Table } from '@mantine/core';
import { useApi } from '../../api/use-api.ts';
import { useCursors } from '../../api/use-cursors.ts';
import { Empty } from '../../components/empty.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { EntryCells, EntryHeads } from './entry-cells.tsx';

/** All entries of an account, newest first, page by page. */
export function Entries({ id }: { readonly id: string }) {
  const { cursor, forward, back } = useCursors(id);
  const entries = useApi(
    ['ledger', 'entries', id, cursor],
    ({ client, signal }) =>
      client.ledger.entries(id, { limit: 20, ...(cursor ? { cursor } : {}) }, { signal }).page(),
    { keepPrevious: true },
  );
  return (
    <QueryView query={entries}>
      {({ data, next_cursor }) =>
        data.length === 0 ? (
          <Empty title="There is no entry" />
        ) : (
          <>
            <ScrollTable label="Entries" minWidth={760}>
              <Table.Thead>
                <Table.Tr>
                  <EntryHeads />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.map((entry) => (
                  <Table.Tr key={`${entry.transfer_id} ${entry.kind} ${entry.direction}`}>
                    <EntryCells entry={entry} />
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </ScrollTable>
            <Pager
              onNewer={back}
              onOlder={next_cursor === null ? null : () => forward(next_cursor)}
            >
              {data.length} entries
            </Pager>
          </>
        )
      }
    </QueryView>
  );
}
