import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { LedgerEntry } from '../../../../client/src/index.ts';
import { ShortId } from '../../components/id.tsx';
import { Money } from '../../components/money.tsx';
import { Time } from '../../components/time.tsx';
import { accountName } from './figures.ts';

const kinds: Readonly<Record<LedgerEntry['kind'], string>> = {
  pending: 'held',
  posted: 'posted',
  post_pending: 'posts what was held',
  void_pending: 'releases what was held',
};

/** The heads of the cells that all entries have. */
export function EntryHeads() {
  return (
    <>
      <Table.Th>Time (UTC)</Table.Th>
      <Table.Th>Posting</Table.Th>
      <Table.Th>Other account</Table.Th>
      <Table.Th>Payment</Table.Th>
      <Table.Th className="ps-number">Debit</Table.Th>
      <Table.Th className="ps-number">Credit</Table.Th>
    </>
  );
}

/** What all entries have. */
export function EntryCells({ entry }: { readonly entry: Omit<LedgerEntry, 'object'> }) {
  const { direction, amount, currency, payment_id } = entry;
  const money = <Money amountMinor={amount} currency={currency} />;
  return (
    <>
      <Table.Td>
        <Time at={entry.time} />
      </Table.Td>
      <Table.Td>
        {entry.posting.replaceAll('_', ' ')}
        <Text size="xs" c="dimmed">
          {kinds[entry.kind]}
        </Text>
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} to={`/ledger/${entry.counter_account}`}>
          {accountName(entry.counter_account)}
        </Anchor>
      </Table.Td>
      <Table.Td>
        {payment_id === null ? (
          <Text span c="dimmed" size="sm">
            none
          </Text>
        ) : (
          <Anchor
            component={Link}
            to={`/payments/${payment_id}`}
            aria-label={`Payment ${payment_id}`}
          >
            <ShortId value={payment_id} />
          </Anchor>
        )}
      </Table.Td>
      <Table.Td className="ps-number">{direction === 'debit' ? money : null}</Table.Td>
      <Table.Td className="ps-number">{direction === 'credit' ? money : null}</Table.Td>
    </>
  );
}
