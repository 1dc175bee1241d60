import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One figure with its name, and what it is made of. */
export function Figure({
  name,
  children,
  detail,
}: {
  readonly name: string;
  readonly children: ReactNode;
  readonly detail?: ReactNode;
}) {
  return (
    <Paper p="md" role="group" aria-label={name}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="div" fz="h3" fw={600}>
        {children}
      </Text>
      {detail && (
        <Text component="div" size="sm" c="dimmed">
          {detail}
        </Text>
      )}
    </Paper>
  );
}
