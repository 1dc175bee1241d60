import { Anchor, Paper, Stack, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { PaymentEvent } from '../../../../../shared/contracts/events/payment-events.ts';
import { eventMoments } from '../../../../../shared/domain/time-line/events.ts';
import { secondsText } from '../../../../../shared/domain/time-line/moment.ts';
import { Time } from '../../../components/time.tsx';
import './time-line.css';

/** What happened, in words: each event is a version, and leads to it. What came later is faint. */
export function TimeLine({
  events,
  version,
  onVersion,
}: {
  readonly events: readonly PaymentEvent[];
  readonly version: number;
  readonly onVersion: (version: number) => void;
}) {
  const moments = useMemo(() => eventMoments(events), [events]);
  const startMs = Date.parse(events[0]?.time ?? '');
  return (
    <Stack gap="sm" component="section" aria-labelledby="time-line">
      <Title order={2} id="time-line">
        Time line
      </Title>
      <Paper p="xs">
        <ol className="ps-time-line">
          {moments.map(({ time, says, refers: { sequence, type } }) => (
            <li
              key={sequence}
              data-later={Number(sequence) > version || undefined}
              aria-current={sequence === version ? 'step' : undefined}
            >
              <Anchor
                component="button"
                type="button"
                size="sm"
                className="ps-number"
                aria-label={`Version ${sequence}`}
                onClick={() => onVersion(Number(sequence))}
              >
                {sequence}
              </Anchor>
              <span className="ps-time-line-time">
                <Time at={time} precise />
                <span>+{secondsText(Date.parse(time) - startMs)}</span>
              </span>
              <span className="ps-break">
                {says}
                <span className="ps-time-line-type ps-mono">{type}</span>
              </span>
            </li>
          ))}
        </ol>
      </Paper>
    </Stack>
  );
}
