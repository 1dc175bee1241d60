import { Paper, Stack, Text } from '@mantine/core';
import { IconInbox, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** That there is nothing, why that may be, and what one can do. */
export function Empty({
  title,
  children,
  icon: Icon = IconInbox,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly icon?: TablerIcon;
}) {
  return (
    <Paper py="xl" role="status">
      <Stack align="center" gap={6} ta="center">
        <Icon size={28} stroke={1.4} aria-hidden color="var(--mantine-color-dimmed)" />
        <Text fw={600}>{title}</Text>
        {children && (
          <Text component="div" c="dimmed" size="sm" maw={520}>
            {children}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
