import { ActionIcon, Button, Group, Paper, Slider, Text, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { sentenceOf } from '../../../../../shared/domain/time-line/words.ts';
import { Time } from '../../../components/time.tsx';
import type { Moment } from '../history.ts';

/** Goes through the versions of a payment: by the slider, by its buttons, by `[` and `]`. */
export function VersionBar({
  moment: { version, versions, isLast, event },
  onVersion,
}: {
  readonly moment: Moment;
  /** Null: the last, whichever that is. */
  readonly onVersion: (version: number | null) => void;
}) {
  const to = (next: number) => {
    if (next >= 1 && next <= versions) {
      onVersion(next === versions ? null : next);
    }
  };
  useHotkeys([
    ['[', () => to(version - 1)],
    [']', () => to(version + 1)],
  ]);
  const says = sentenceOf(event);
  return (
    <Paper p="sm" className="ps-version-bar" component="section" aria-label="Version">
      <Group gap="xs" wrap="nowrap">
        <Tooltip label="The version before: [">
          <ActionIcon
            variant="default"
            aria-label="The version before"
            disabled={version === 1}
            onClick={() => to(version - 1)}
          >
            <IconChevronLeft size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Slider
          flex={1}
          min={1}
          max={Math.max(2, versions)}
          step={1}
          disabled={versions === 1}
          value={version}
          onChange={to}
          label={null}
          thumbLabel="Version"
          thumbSize={16}
          marks={
            versions <= 40 ? Array.from({ length: versions }, (_, at) => ({ value: at + 1 })) : []
          }
          thumbValueText={`${version} of ${versions}: ${says}`}
        />
        <Tooltip label="The version after: ]">
          <ActionIcon
            variant="default"
            aria-label="The version after"
            disabled={isLast}
            onClick={() => to(version + 1)}
          >
            <IconChevronRight size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isLast}
          onClick={() => onVersion(null)}
        >
          Now
        </Button>
      </Group>
      <Text size="sm" mt={6} component="div" aria-live="polite">
        <b>
          Version {version} of {versions}
        </b>
        {isLast ? '' : ', as it was then'} · <Time at={event.time} precise /> · {says}
      </Text>
    </Paper>
  );
}
