import { Anchor, Tabs } from '@mantine/core';
import { Link } from 'react-router';
import type { LedgerAccount } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { Money } from '../../components/money.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Time } from '../../components/time.tsx';
import { Entries } from './entries.tsx';
import { accountName, pendingOf } from './figures.ts';
import { Statement } from './statement.tsx';

const limits = {
  debits_must_not_exceed_credits: 'debits never exceed credits',
  credits_must_not_exceed_debits: 'credits never exceed debits',
} as const;

/** One account: what it holds, its statement with a running balance, and all of its entries. */
export function AccountPage({ id }: { readonly id: string }) {
  const account = useApi(
    ['ledger', 'account', id],
    ({ client, signal }) => client.ledger.getAccount(id, { signal }),
    { refetchMs: 10_000 },
  );
  return (
    <Page
      title={`${accountName(id)} (${id})`}
      intro={
        <Anchor component={Link} to="/ledger">
          All accounts
        </Anchor>
      }
    >
      <QueryView
        query={account}
        rows={4}
        failure={() => 'An account is there from its first transfer on.'}
      >
        {(found) => (
          <>
            <Facts account={found} />
            <Tabs defaultValue="statement" keepMounted={false}>
              <Tabs.List aria-label="What of the account">
                <Tabs.Tab value="statement">Statement</Tabs.Tab>
                <Tabs.Tab value="entries">All entries</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="statement" pt="md">
                <Statement id={id} />
              </Tabs.Panel>
              <Tabs.Panel value="entries" pt="md">
                <Entries id={id} />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Facts({ account }: { readonly account: LedgerAccount }) {
  const { currency, balance, available, limit, normal_side, as_of } = account;
  return (
    <dl className="ps-facts">
      <dt>Posted</dt>
      <dd>
        <Money amountMinor={balance} currency={currency} />
      </dd>
      <dt>Pending</dt>
      <dd>
        <Money amountMinor={pendingOf(account)} currency={currency} />
      </dd>
      {available !== null && (
        <>
          <dt>Available</dt>
          <dd>
            <Money amountMinor={available} currency={currency} />
          </dd>
        </>
      )}
      <dt>Grows by</dt>
      <dd>
        {normal_side === 'debit' ? 'debits' : 'credits'}
        {limit ? `; ${limits[limit]}` : ''}
      </dd>
      <dt>As of</dt>
      <dd>
        <Time at={as_of} />
      </dd>
    </dl>
  );
}
