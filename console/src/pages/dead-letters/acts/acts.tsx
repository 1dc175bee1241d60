import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { DeadLetter } from '../types.ts';
import { needsSecondPerson } from '../words.ts';
import { ApproveDiscardDialog, ApproveRedriveDialog } from './approve-dialogs.tsx';
import { type Became, DiscardDialog, DryRunDialog, RedriveDialog } from './dialogs.tsx';

type Act = 'dry_run' | 'redrive' | 'discard' | 'approve_redrive' | 'approve_discard';

/** What can be done about a letter. What cannot be redriven can be discarded alone. */
export function Acts({
  letter,
  onChanged,
}: {
  readonly letter: DeadLetter;
  readonly onChanged: () => unknown;
}) {
  const [act, setAct] = useState<Act | null>(null);
  const navigate = useNavigate();
  const close = () => setAct(null);
  const closeAfter = (became: Became) => {
    close();
    if (became === 'gone') {
      navigate('/dead-letters');
    } else if (became === 'changed') {
      onChanged();
    }
  };
  const isPossible = letter.verdict.redo !== 'impossible';
  return (
    <Paper component="section" aria-labelledby="acts">
      <Title order={2} mb="xs" id="acts">
        What to do
      </Title>
      <Group gap="xs">
        {isPossible && (
          <>
            <Button variant="default" onClick={() => setAct('dry_run')}>
              Dry run
            </Button>
            <Button
              color={letter.verdict.redo === 'unsafe' ? 'red.9' : 'iris'}
              onClick={() => setAct('redrive')}
            >
              {letter.verdict.redo === 'unsafe' ? 'Redrive by force' : 'Redrive'}
            </Button>
          </>
        )}
        <Button variant="default" c="var(--ps-bad)" onClick={() => setAct('discard')}>
          Discard
        </Button>
      </Group>
      {needsSecondPerson(letter) && (
        <>
          <Text size="sm" c="dimmed" mt="md" mb="xs">
            More than 1,000,000 minor units are at risk, or nobody knows how much: it takes two
            operators. As the second one, approve what the first one is about to do.
          </Text>
          <Group gap="xs">
            {isPossible && (
              <Button variant="default" onClick={() => setAct('approve_redrive')}>
                {letter.verdict.redo === 'unsafe'
                  ? 'Approve a redrive by force'
                  : 'Approve a redrive'}
              </Button>
            )}
            <Button variant="default" onClick={() => setAct('approve_discard')}>
              Approve a discard
            </Button>
          </Group>
        </>
      )}
      {act === 'dry_run' && <DryRunDialog letter={letter} onClose={close} />}
      {act === 'redrive' && <RedriveDialog letter={letter} onClose={closeAfter} />}
      {act === 'discard' && <DiscardDialog letter={letter} onClose={closeAfter} />}
      {act === 'approve_redrive' && <ApproveRedriveDialog letter={letter} onClose={close} />}
      {act === 'approve_discard' && <ApproveDiscardDialog letter={letter} onClose={close} />}
    </Paper>
  );
}
