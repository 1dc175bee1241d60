import { Stack, Title } from '@mantine/core';
import { useApi } from '../../api/use-api.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session/session.ts';
import { AccountsTable } from './accounts-table.tsx';
import { BalanceChart } from './balance-chart.tsx';
import { byCurrency } from './figures.ts';
import { TrialBalances } from './trial-balances.tsx';

const refetchMs = 10_000;

/** Accounts, what they hold, and whether debits are credits. */
export function LedgerPage() {
  const { tenant } = useSession();
  const trial = useApi(
    ['ledger', 'trial-balance'],
    ({ client, signal }) => client.ledger.getTrialBalance({ signal }),
    { refetchMs },
  );
  const accounts = useApi(
    ['ledger', 'accounts'],
    ({ client, signal }) => client.ledger.accounts({ signal }).toArray(),
    { refetchMs },
  );
  return (
    <Page
      title="Ledger"
      intro={`Double entry, a book a currency${tenant ? `, of ${tenant}` : ''}.`}
    >
      <QueryView query={trial} rows={2}>
        {({ currencies }) => <TrialBalances currencies={currencies} />}
      </QueryView>
      <QueryView query={accounts}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="There is no account yet">
              An account is there from its first transfer on: the first payment that is accepted
              makes some.
            </Empty>
          ) : (
            <Stack gap="lg">
              {byCurrency(all).map(({ currency, accounts: some }) => (
                <section key={currency} aria-label={`Accounts in ${currency}`}>
                  <Title order={2} mb="xs">
                    Accounts in {currency}
                  </Title>
                  <AccountsTable currency={currency} accounts={some} />
                </section>
              ))}
              <BalanceChart currencies={byCurrency(all).map(({ currency }) => currency)} />
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}
