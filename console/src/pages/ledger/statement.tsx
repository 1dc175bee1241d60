import { Group, Table, Text } from '@mantine/core';
import type { LedgerStatement } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { useCursors } from '../../api/use-cursors.ts';
import { Empty } from '../../components/empty.tsx';
import { Money } from '../../components/money.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { EntryCells, EntryHeads } from './entry-cells.tsx';
import { usePeriod } from './use-period.tsx';

/** An account from one day to another: oldest first, with the balance that each entry left. */
export function Statement({ id }: { readonly id: string }) {
  const { from, to, chooser } = usePeriod('Period of the statement');
  const { cursor, forward, back } = useCursors(`${id} ${from} ${to}`);
  const statement = useApi(
    ['ledger', 'statement', id, from, to, cursor],
    ({ client, signal }) =>
      client.ledger
        .getStatement(id, { from, to, limit: 20, ...(cursor ? { cursor } : {}) }, { signal })
        .page(),
    { keepPrevious: true },
  );
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed">
          From {from} to {to}, UTC days, oldest first.
        </Text>
        {chooser}
      </Group>
      <QueryView query={statement}>
        {(found) => (
          <>
            {found.data.length === 0 ? (
              <Empty title="Nothing moved in this period" />
            ) : (
              <Lines statement={found} />
            )}
            <Pager
              onNewer={found.next_cursor === null ? null : () => forward(found.next_cursor ?? '')}
              onOlder={back}
            >
              Closing balance <Money amountMinor={found.closing.posted} currency={found.currency} />
              , pending <Money amountMinor={found.closing.pending} currency={found.currency} />
            </Pager>
          </>
        )}
      </QueryView>
    </>
  );
}

function Lines({ statement }: { readonly statement: LedgerStatement }) {
  const { currency, opening, data } = statement;
  return (
    <ScrollTable label="Statement" minWidth={920}>
      <Table.Thead>
        <Table.Tr>
          <EntryHeads />
          <Table.Th className="ps-number">Balance</Table.Th>
          <Table.Th className="ps-number">Pending</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Table.Tr>
          <Table.Td colSpan={6}>Opening balance of the period</Table.Td>
          <Table.Td className="ps-number">
            <Money amountMinor={opening.posted} currency={currency} />
          </Table.Td>
          <Table.Td className="ps-number">
            <Money amountMinor={opening.pending} currency={currency} />
          </Table.Td>
        </Table.Tr>
        {data.map((entry) => (
          <Table.Tr key={`${entry.transfer_id} ${entry.kind} ${entry.direction}`}>
            <EntryCells entry={entry} />
            <Table.Td className="ps-number">
              <Money amountMinor={entry.balance} currency={currency} />
            </Table.Td>
            <Table.Td className="ps-number">
              <Money amountMinor={entry.pending} currency={currency} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
