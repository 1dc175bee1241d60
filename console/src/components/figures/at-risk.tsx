import { Stack, Text } from '@mantine/core';
import { Money } from '../money.tsx';
import { type Amount, sumsOf } from './amounts.ts';

/** What is at risk, a line for each currency. */
export function AtRisk({ amounts }: { readonly amounts: readonly Amount[] }) {
  const sums = sumsOf(amounts);
  return sums.length === 0 ? (
    <Text span c="dimmed" size="sm">
      nothing
    </Text>
  ) : (
    <Stack gap={0} component="span">
      {sums.map(({ amountMinor, currency }) => (
        <Money key={currency} amountMinor={amountMinor} currency={currency} />
      ))}
    </Stack>
  );
}
