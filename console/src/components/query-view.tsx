import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';

/**
 * A read in its states: not there yet, failed, there. A read that fails after one that did not shows
 * both: what was there, and that it is not new.
 */
export function QueryView<T>({
  query,
  children,
  failure,
  rows = 6,
}: {
  readonly query: UseQueryResult<T, Error>;
  readonly children: (data: T) => ReactNode;
  /** What a failure means here. */
  readonly failure?: (error: Error) => ReactNode;
  /** How many lines of what is to come. */
  readonly rows?: number;
}) {
  const { data, error, refetch } = query;
  return (
    <Stack gap="md">
      {error && (
        <Failure error={error} onRetry={refetch}>
          {data === undefined ? failure?.(error) : 'What is shown was read before.'}
        </Failure>
      )}
      {data !== undefined ? children(data) : error ? null : <Loading rows={rows} />}
    </Stack>
  );
}

/** Lines in place of what is being read. */
export function Loading({ rows }: { readonly rows: number }) {
  return (
    <Stack gap={8} aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: rows }, (_, index) => `line ${index}`).map((line) => (
        <Skeleton key={line} height={28} radius="sm" />
      ))}
    </Stack>
  );
}
