import { Anchor, Group, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Payment } from '../../../../client/src/generated/types.ts';
import { ShortId } from '../../components/id.tsx';
import { Money } from '../../components/money.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Age, Time } from '../../components/time.tsx';

/** The payments, newest first. A row is a link; below 768 px what is lesser stands under the rest. */
export function PaymentRows({
  payments,
  fresh,
}: {
  readonly payments: readonly Payment[];
  readonly fresh: ReadonlySet<string>;
}) {
  return (
    <ScrollTable label="Payments">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Payment</Table.Th>
          <Table.Th className="ps-number">Amount</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th visibleFrom="md">Method</Table.Th>
          <Table.Th visibleFrom="lg">Created (UTC)</Table.Th>
          <Table.Th className="ps-number" visibleFrom="xs">
            Age
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {payments.map((payment) => (
          <PaymentRow key={payment.id} payment={payment} isNew={fresh.has(payment.id)} />
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}

function PaymentRow({ payment, isNew }: { readonly payment: Payment; readonly isNew: boolean }) {
  const { id, amount, currency, status, failure, merchant_reference, payment_method } = payment;
  return (
    <Table.Tr className={isNew ? 'ps-row ps-new' : 'ps-row'}>
      <Table.Td>
        <Anchor
          component={Link}
          to={`/payments/${id}`}
          className="ps-row-link"
          aria-label={`Payment ${id}`}
        >
          <ShortId value={id} />
        </Anchor>
        {isNew && (
          <Text span size="xs" c="var(--ps-live)" fw={600} ml={6}>
            new
          </Text>
        )}
        <Text size="xs" c="dimmed" hiddenFrom="xs">
          <Age since={payment.created} />
        </Text>
        {merchant_reference !== null && (
          <Text
            size="xs"
            c="dimmed"
            truncate
            maw={{ base: 88, sm: 160 }}
            title={merchant_reference}
          >
            {merchant_reference}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="ps-number">
        <Money amountMinor={amount} currency={currency} />
      </Table.Td>
      <Table.Td>
        <Group gap={8} wrap="wrap">
          <StatusBadge status={status} />
          {failure && (
            <Text span size="xs" c="dimmed" className="ps-break">
              {failure.code}
            </Text>
          )}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="xs" className="ps-mono" truncate maw={170} title={payment_method}>
          {payment_method}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Time at={payment.created} />
      </Table.Td>
      <Table.Td className="ps-number" visibleFrom="xs">
        <Age since={payment.created} />
      </Table.Td>
    </Table.Tr>
  );
}
