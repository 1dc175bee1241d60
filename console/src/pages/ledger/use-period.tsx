import { NativeSelect } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type Period, periodOf, periods } from './figures.ts';

/** A period that ends today, and what one chooses it with. */
export function usePeriod(label: string): {
  readonly from: string;
  readonly to: string;
  readonly chooser: ReactNode;
} {
  const [period, setPeriod] = useState<Period>('30 days');
  return {
    ...periodOf(period, new Date()),
    chooser: (
      <NativeSelect
        aria-label={label}
        size="xs"
        data={periods.map((value) => ({ value, label: `Last ${value}` }))}
        value={period}
        onChange={(event) => setPeriod(event.currentTarget.value as Period)}
      />
    ),
  };
}
