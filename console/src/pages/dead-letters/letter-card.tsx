import { Anchor, Group, Paper, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Age } from '../../components/time.tsx';
import { About, LetterRisk } from './about.tsx';
import type { DeadLetter } from './types.ts';
import { VerdictBadge, VerdictText } from './verdict.tsx';

/** A letter in its queue. All of the card leads to its page. */
export function LetterCard({ letter }: { readonly letter: DeadLetter }) {
  const { id, what, when, about, reason, verdict } = letter;
  return (
    <Paper component="article" className="ps-row" aria-label={`${what}, letter ${id}`}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Anchor
          component={Link}
          to={`/dead-letters/${id}`}
          className="ps-row-link ps-break"
          fw={600}
          aria-label={`${what}, letter ${id}`}
        >
          {what}
        </Anchor>
        <Group gap="sm">
          <VerdictBadge verdict={verdict} />
          <Text span size="sm" c="dimmed">
            <Age since={when} /> ago
          </Text>
        </Group>
      </Group>
      <dl className="ps-facts">
        <dt>About</dt>
        <dd>
          <About about={about} />
        </dd>
        <dt>At risk</dt>
        <dd>
          <LetterRisk {...letter} />
        </dd>
        <dt>Reason</dt>
        <dd>
          <Text span lineClamp={2}>
            {reason}
          </Text>
        </dd>
      </dl>
      <VerdictText verdict={verdict} />
    </Paper>
  );
}
