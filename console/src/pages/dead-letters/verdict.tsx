import { Text } from '@mantine/core';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { DeadLetter } from './types.ts';
import { redoWords } from './words.ts';

/** Whether redriving is safe, in a word. */
export function VerdictBadge({ verdict }: { readonly verdict: DeadLetter['verdict'] }) {
  const { text, tone } = redoWords[verdict.redo];
  return <StatusBadge status={verdict.redo} tone={tone} text={text} />;
}

/** Why it is so, and what a person does. */
export function VerdictText({ verdict }: { readonly verdict: DeadLetter['verdict'] }) {
  return (
    <Text size="sm" component="div" mt="xs" className="ps-break">
      <Text span inherit c="dimmed">
        Because
      </Text>{' '}
      {verdict.why}.{' '}
      <Text span inherit c="dimmed">
        What to do:
      </Text>{' '}
      {verdict.advice}.
    </Text>
  );
}
