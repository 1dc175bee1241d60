import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { durationText, successRate } from './figures.ts';
import type { Part } from './types.ts';

/** What became of the payments of the window so far. */
export function WindowCounts({ payments }: { readonly payments: Part<'payments'> }) {
  const rate = successRate(payments);
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 7 }} spacing="xs" component="dl" m={0}>
      <Count name="Accepted">{payments.accepted}</Count>
      <Count name="Captured">{payments.captured}</Count>
      <Count name="Authorized">{payments.authorized}</Count>
      <Count name="Processing">{payments.processing}</Count>
      <Count name="Failed">{payments.failed}</Count>
      <Count name="Canceled">{payments.canceled}</Count>
      <Count name="Ended well">{rate ?? '–'}</Count>
    </SimpleGrid>
  );
}

/** From acceptance to the end of processing. */
export function SettleTimes({ times }: { readonly times: Part<'time_to_settle_ms'> }) {
  const { p50, p90, p99, samples } = times;
  return (
    <>
      <SimpleGrid cols={3} spacing="xs" component="dl" m={0}>
        <Count name="p50">{durationText(p50)}</Count>
        <Count name="p90">{durationText(p90)}</Count>
        <Count name="p99">{durationText(p99)}</Count>
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="xs">
        {samples === 0 ? 'No payment has settled yet.' : `Of the latest ${samples} that settled.`}
      </Text>
    </>
  );
}

function Count({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" fz="h1" fw={600} m={0}>
        {children}
      </Text>
    </div>
  );
}
