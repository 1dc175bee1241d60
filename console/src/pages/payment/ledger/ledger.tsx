import { Anchor, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { type AccountCode, accountId } from '../../../../../shared/domain/ledger/accounts.ts';
import type { Transfer } from '../../../../../shared/domain/ledger/transfer.ts';
import type { Currency } from '../../../../../shared/domain/money/currency.ts';
import { Empty } from '../../../components/empty.tsx';
import { ShortId } from '../../../components/id.tsx';
import { Money } from '../../../components/money.tsx';
import { ScrollTable } from '../../../components/scroll-table.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import { Time } from '../../../components/time.tsx';
import { booksOf } from './books.ts';

const kindWords: Readonly<Record<Transfer['kind'], string>> = {
  pending: 'pending',
  posted: 'posted',
  post_pending: 'posts the pending one',
  void_pending: 'voids the pending one',
};

/** The transfers that the payment's events came with, and what they come to on each account. */
export function Ledger({
  transfers,
  currency,
}: {
  readonly transfers: readonly Transfer[];
  readonly currency: Currency;
}) {
  const books = useMemo(() => booksOf(transfers), [transfers]);
  return (
    <Stack gap="sm" component="section" aria-labelledby="ledger">
      <Group justify="space-between">
        <Title order={2} id="ledger">
          Ledger
        </Title>
        {transfers.length > 0 && (
          <StatusBadge
            status="balance"
            tone={books.isBalanced ? 'good' : 'bad'}
            text={books.isBalanced ? 'debits equal credits' : 'debits differ from credits'}
          />
        )}
      </Group>
      {transfers.length === 0 ? (
        <Empty title="Nothing has moved in the ledger yet" />
      ) : (
        <>
          <ScrollTable label="Transfers" minWidth={620}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Time (UTC)</Table.Th>
                <Table.Th>Posting</Table.Th>
                <Table.Th>Debit</Table.Th>
                <Table.Th>Credit</Table.Th>
                <Table.Th className="ps-number">Amount</Table.Th>
                <Table.Th>Kind</Table.Th>
                <Table.Th>Transfer</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {transfers.map((transfer) => (
                <Table.Tr key={transfer.id}>
                  <Table.Td>
                    <Time at={transfer.time} precise />
                  </Table.Td>
                  <Table.Td className="ps-nowrap">{transfer.posting.replaceAll('_', ' ')}</Table.Td>
                  <Table.Td>
                    <Account code={transfer.debitAccount} currency={currency} />
                  </Table.Td>
                  <Table.Td>
                    <Account code={transfer.creditAccount} currency={currency} />
                  </Table.Td>
                  <Table.Td className="ps-number">
                    <Money amountMinor={transfer.amountMinor} currency={currency} />
                  </Table.Td>
                  <Table.Td className="ps-nowrap">{kindWords[transfer.kind]}</Table.Td>
                  <Table.Td>
                    <ShortId value={transfer.id} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </ScrollTable>
          <ScrollTable label="What the transfers come to, by account" minWidth={480}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Account</Table.Th>
                <Table.Th className="ps-number">Debits posted</Table.Th>
                <Table.Th className="ps-number">Credits posted</Table.Th>
                <Table.Th className="ps-number">Pending</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {books.accounts.map((sums) => (
                <Table.Tr key={sums.account}>
                  <Table.Td>
                    <Account code={sums.account} currency={currency} />
                  </Table.Td>
                  <Table.Td className="ps-number">
                    <Money amountMinor={sums.debitsPosted} currency={currency} />
                  </Table.Td>
                  <Table.Td className="ps-number">
                    <Money amountMinor={sums.creditsPosted} currency={currency} />
                  </Table.Td>
                  <Table.Td className="ps-number">
                    <Money
                      amountMinor={sums.debitsPending + sums.creditsPending}
                      currency={currency}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th>In all</Table.Th>
                <Table.Th className="ps-number">
                  <Money amountMinor={books.debitsPosted} currency={currency} />
                </Table.Th>
                <Table.Th className="ps-number">
                  <Money amountMinor={books.creditsPosted} currency={currency} />
                </Table.Th>
                <Table.Th className="ps-number">
                  <Money amountMinor={books.pending} currency={currency} />
                </Table.Th>
              </Table.Tr>
            </Table.Tfoot>
          </ScrollTable>
          <Text size="xs" c="dimmed">
            As the events say: what is written with them is made by the same rule, and the audit
            compares the two.
          </Text>
        </>
      )}
    </Stack>
  );
}

function Account({ code, currency }: { readonly code: AccountCode; readonly currency: Currency }) {
  return (
    <Anchor
      component={Link}
      to={`/ledger/${accountId(code, currency)}`}
      size="sm"
      className="ps-nowrap"
    >
      {code}
    </Anchor>
  );
}
