import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Goes through a list that is newest first. A direction that does not go on is disabled. */
export function Pager({
  onNewer,
  onOlder,
  children,
}: {
  readonly onNewer: (() => void) | null;
  readonly onOlder: (() => void) | null;
  /** What is shown, such as `20 payments`. */
  readonly children?: ReactNode;
}) {
  return (
    <Group component="nav" aria-label="Pages" justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" component="div">
        {children}
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          disabled={onNewer === null}
          onClick={() => onNewer?.()}
        >
          Newer
        </Button>
        <Button
          variant="default"
          size="xs"
          rightSection={<IconChevronRight size={14} aria-hidden />}
          disabled={onOlder === null}
          onClick={() => onOlder?.()}
        >
          Older
        </Button>
      </Group>
    </Group>
  );
}
