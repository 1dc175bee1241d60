import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { LedgerAccount } from '../../../../client/src/index.ts';
import { Money } from '../../components/money.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { accountName, pendingOf } from './figures.ts';

/** The accounts of one currency. A row leads to its account. */
export function AccountsTable({
  currency,
  accounts,
}: {
  readonly currency: string;
  readonly accounts: readonly LedgerAccount[];
}) {
  return (
    <ScrollTable label={`Accounts in ${currency}`} minWidth={620}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Account</Table.Th>
          <Table.Th>Grows by</Table.Th>
          <Table.Th className="ps-number">Posted</Table.Th>
          <Table.Th className="ps-number">Pending</Table.Th>
          <Table.Th className="ps-number">Available</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {accounts.map((account) => (
          <Table.Tr key={account.id} className="ps-row">
            <Table.Td>
              <Anchor component={Link} to={`/ledger/${account.id}`} className="ps-row-link">
                {accountName(account.id)}
              </Anchor>
              <Text size="xs" c="dimmed" className="ps-mono">
                {account.code}
              </Text>
            </Table.Td>
            <Table.Td>{account.normal_side === 'debit' ? 'debits' : 'credits'}</Table.Td>
            <Table.Td className="ps-number">
              <Money amountMinor={account.balance} currency={currency} />
            </Table.Td>
            <Table.Td className="ps-number">
              <Money amountMinor={pendingOf(account)} currency={currency} />
            </Table.Td>
            <Table.Td className="ps-number">
              {account.available === null ? (
                <Text span c="dimmed" size="sm">
                  no limit
                </Text>
              ) : (
                <Money amountMinor={account.available} currency={currency} />
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
