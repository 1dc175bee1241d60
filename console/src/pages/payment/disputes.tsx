import { Stack, Table, Title } from '@mantine/core';
import type { Dispute } from '../../../../shared/domain/payment/operations/dispute.ts';
import { Money } from '../../components/money.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Time } from '../../components/time.tsx';

/** The disputes of the payment; nothing where there are none, as there are of nearly all. */
export function Disputes({
  disputes,
  currency,
}: {
  readonly disputes: readonly Dispute[];
  readonly currency: string;
}) {
  return disputes.length === 0 ? null : (
    <Stack gap="sm" component="section" aria-labelledby="disputes">
      <Title order={2} id="disputes">
        Disputes
      </Title>
      <ScrollTable label="Disputes" minWidth={480}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Dispute</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th className="ps-number">Amount</Table.Th>
            <Table.Th className="ps-number">Fee</Table.Th>
            <Table.Th>Reason</Table.Th>
            <Table.Th>Opened (UTC)</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {disputes.map(({ id, provider, status, amountMinor, feeMinor, reason, opened }) => (
            <Table.Tr key={id}>
              <Table.Td className="ps-mono">
                {id} at {provider}
              </Table.Td>
              <Table.Td>
                <StatusBadge status={status} />
              </Table.Td>
              <Table.Td className="ps-number">
                <Money amountMinor={amountMinor} currency={currency} />
              </Table.Td>
              <Table.Td className="ps-number">
                <Money amountMinor={feeMinor} currency={currency} />
              </Table.Td>
              <Table.Td>{reason}</Table.Td>
              <Table.Td>
                <Time at={opened} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollTable>
    </Stack>
  );
}
