import { Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import type { TrialBalance } from '../../../../client/src/index.ts';
import { Money } from '../../components/money.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Time } from '../../components/time.tsx';
import { trialBalanceText } from './figures.ts';

type Sums = TrialBalance['currencies'][number];

/** Whether debits are credits, in each currency. */
export function TrialBalances({ currencies }: { readonly currencies: readonly Sums[] }) {
  return currencies.length === 0 ? null : (
    <section aria-label="Trial balance">
      <Title order={2} mb="xs">
        Trial balance
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {currencies.map((sums) => (
          <CurrencySums key={sums.currency} sums={sums} />
        ))}
      </SimpleGrid>
    </section>
  );
}

function CurrencySums({ sums }: { readonly sums: Sums }) {
  const { currency, debits_posted, credits_posted, debits_pending, credits_pending, as_of } = sums;
  const { isBalanced, text } = trialBalanceText(sums);
  return (
    <Paper role="group" aria-label={`Trial balance in ${currency}`}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Text fw={600}>{currency}</Text>
        <StatusBadge
          status={isBalanced ? 'balanced' : 'differs'}
          tone={isBalanced ? 'good' : 'bad'}
          text={text}
        />
      </Group>
      <dl className="ps-facts">
        <dt>Debits</dt>
        <dd className="ps-number">
          <Money amountMinor={debits_posted} currency={currency} />
        </dd>
        <dt>Credits</dt>
        <dd className="ps-number">
          <Money amountMinor={credits_posted} currency={currency} />
        </dd>
        <dt>Pending debits</dt>
        <dd className="ps-number">
          <Money amountMinor={debits_pending} currency={currency} />
        </dd>
        <dt>Pending credits</dt>
        <dd className="ps-number">
          <Money amountMinor={credits_pending} currency={currency} />
        </dd>
      </dl>
      <Text size="xs" c="dimmed" mt="xs">
        as of <Time at={as_of} />
      </Text>
    </Paper>
  );
}
