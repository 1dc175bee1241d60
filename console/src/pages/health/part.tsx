import { Paper, Text, Title } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';

/** One part of an overview with its name. A part that is null could not be read in time. */
export function OverviewPart<T>({
  name,
  part,
  children,
}: {
  readonly name: string;
  readonly part: T | null;
  readonly children: (part: T) => ReactNode;
}) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id}>
      <Title order={2} id={id} mb="xs">
        {name}
      </Title>
      {part === null ? (
        <Text c="dimmed" style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
          <IconPlugConnectedX size={16} aria-hidden /> not reachable now
        </Text>
      ) : (
        children(part)
      )}
    </Paper>
  );
}
