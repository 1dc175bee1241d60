import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { Dialog } from '../../../components/approval/dialog.tsx';
import { isReason, ReasonField } from '../../../components/approval/reason-field.tsx';
import { ShortId } from '../../../components/id.tsx';
import { StatusBadge, type Tone } from '../../../components/status-badge.tsx';
import { useSession } from '../../../session/session.ts';
import { patience } from '../patience.ts';
import type { DeadLetter, RedriveOutcome } from '../types.ts';
import { count, isDone, needsSecondPerson, outcomeText } from '../words.ts';

interface Result {
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
}

interface RedriveAllProps {
  readonly queue: string;
  /** Those that are safe, in the order in which they are redriven. */
  readonly letters: readonly DeadLetter[];
  readonly onClose: () => void;
}

/**
 * Redrives letters one by one under one reason, and says what became of each. A failure does not stop
 * it: the next letter may have another cause. What needs a second operator is passed over.
 */
export function RedriveAll({ queue, letters, onClose }: RedriveAllProps) {
  const { operations } = useSession().stage.client;
  const [reason, setReason] = useState('');
  const [state, setState] = useState<'asked' | 'running' | 'ended'>('asked');
  const [results, setResults] = useState<Readonly<Record<string, Result>>>({});
  const isStopped = useRef(false);

  const run = async () => {
    setState('running');
    for (const letter of letters) {
      if (isStopped.current) {
        break;
      }
      const result = needsSecondPerson(letter)
        ? passedOver
        : await operations
            .redriveDeadLetter(
              letter.id,
              {
                dry_run: false,
                force: false,
                reason: reason.trim(),
              },
              patience,
            )
            .then(resultOf, failed);
      setResults((before) => ({ ...before, [letter.id]: result }));
    }
    setState('ended');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReason(reason) && state === 'asked') {
      void run();
    }
  };
  const tried = Object.keys(results).length;

  return (
    <Dialog
      title={`Redrive all that is safe in ${queue}`}
      onClose={state === 'running' ? null : onClose}
    >
      <form onSubmit={submit}>
        <Stack>
          <ReasonField value={reason} onChange={setReason} disabled={state !== 'asked'} />
          <Progress
            value={(tried / letters.length) * 100}
            aria-label={`${tried} of ${count(letters.length, 'letter')} tried`}
          />
          <Text size="sm" role="status">
            {summaryOf(state, letters.length, Object.values(results))}
          </Text>
          <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
            {letters.map((letter) => (
              <Line key={letter.id} letter={letter} result={results[letter.id]} />
            ))}
          </Stack>
          <Group justify="flex-end">
            {state === 'asked' && (
              <>
                <Button variant="default" onClick={onClose}>
                  Cancel
                </Button>
                <Button type="submit" disabled={!isReason(reason)}>
                  Redrive {count(letters.length, 'letter')}
                </Button>
              </>
            )}
            {state === 'running' && (
              <Button
                variant="default"
                onClick={() => {
                  isStopped.current = true;
                }}
              >
                Stop after this one
              </Button>
            )}
            {state === 'ended' && <Button onClick={onClose}>Close</Button>}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Line({
  letter,
  result,
}: {
  readonly letter: DeadLetter;
  readonly result: Result | undefined;
}) {
  return (
    <li>
      <Group gap="xs">
        <ShortId value={letter.id} />
        <Text span size="sm">
          {letter.what}
        </Text>
        <StatusBadge
          status={result?.word ?? 'waits'}
          tone={result?.tone ?? 'quiet'}
          text={result?.word ?? 'waits'}
        />
      </Group>
      {result && (
        <Text size="xs" c="dimmed" className="ps-break">
          {result.text}
        </Text>
      )}
    </li>
  );
}

const passedOver: Result = {
  tone: 'wait',
  word: 'needs two',
  text: 'Passed over: it takes another operator’s approval. Open the letter.',
};

function resultOf({ outcome }: { readonly outcome: RedriveOutcome }): Result {
  return {
    tone: isDone(outcome) ? 'good' : outcome.kind === 'failed' ? 'bad' : 'wait',
    word: outcome.kind,
    // Only what is safe is redriven all at once.
    text: outcomeText(outcome, 'safe'),
  };
}

function failed(error: unknown): Result {
  return {
    tone: 'bad',
    word: 'failed',
    text: error instanceof Error ? error.message : 'no answer',
  };
}

function summaryOf(
  state: 'asked' | 'running' | 'ended',
  all: number,
  results: readonly Result[],
): string {
  const done = results.filter(({ tone }) => tone === 'good').length;
  switch (state) {
    case 'asked':
      return `${count(all, 'letter')}, one by one, the oldest first.`;
    case 'running':
      return `${results.length} of ${all} tried.`;
    case 'ended':
      return `${done} of ${all} redriven, ${results.length - done} left as they are, ${all - results.length} not tried.`;
  }
}
