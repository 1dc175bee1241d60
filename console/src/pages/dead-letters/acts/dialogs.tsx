import { Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { ReasonDialog } from '../../../components/reason-dialog.tsx';
import { useSession } from '../../../session/session.ts';
import { LetterRisk } from '../about.tsx';
import { patience } from '../patience.ts';
import type { DeadLetter } from '../types.ts';
import { VerdictBadge, VerdictText } from '../verdict.tsx';
import { isDone, needsSecondPerson, outcomeText } from '../words.ts';

/** What became of a letter while a dialog was open. */
export type Became = 'gone' | 'changed' | 'untouched';

interface LetterDialogProps {
  readonly letter: DeadLetter;
  readonly onClose: (became: Became) => void;
}

const where = 'this letter';

/** What redriving would come to. Nothing is done, so force and approval are not asked for. */
export function DryRunDialog({ letter, onClose }: LetterDialogProps) {
  const { operations } = useSession().stage.client;
  return (
    <ReasonDialog
      title="Dry run of a redrive"
      label="Dry run"
      onClose={() => onClose('untouched')}
      act={({ reason }) =>
        operations.redriveDeadLetter(letter.id, { dry_run: true, force: false, reason }, patience)
      }
      done={(result) => (
        <Stack gap="xs">
          <Text fw={600}>{outcomeText(result.outcome, result.letter.verdict.redo)}</Text>
          <div>
            <VerdictBadge verdict={result.letter.verdict} />
          </div>
          <VerdictText verdict={result.letter.verdict} />
        </Stack>
      )}
    >
      <Text size="sm">Examines the letter anew and says what would become of it.</Text>
    </ReasonDialog>
  );
}

/** Does again what could not be done; by force what is unsafe. */
export function RedriveDialog({ letter, onClose }: LetterDialogProps) {
  const { operations } = useSession().stage.client;
  const became = useRef<Became>('untouched');
  const force = letter.verdict.redo === 'unsafe';
  return (
    <ReasonDialog
      title={force ? 'Redrive by force' : 'Redrive'}
      label={force ? 'Redrive by force' : 'Redrive'}
      {...(force ? { color: 'red.9', confirm: forced } : {})}
      approval={{ isNeeded: needsSecondPerson(letter), where }}
      onClose={() => onClose(became.current)}
      act={async ({ reason, approvalId }) => {
        const { outcome } = await operations.redriveDeadLetter(
          letter.id,
          {
            dry_run: false,
            force,
            reason,
            ...(approvalId ? { approval_id: approvalId } : {}),
          },
          patience,
        );
        became.current = isDone(outcome) ? 'gone' : 'changed';
        return outcome;
      }}
      done={(outcome) => <Text fw={600}>{outcomeText(outcome, letter.verdict.redo)}</Text>}
    >
      <VerdictText verdict={letter.verdict} />
      <Text size="sm" component="div">
        At risk: <LetterRisk {...letter} />
      </Text>
    </ReasonDialog>
  );
}

export const forced = 'I know that this is unsafe, and that it may do harm';

/** Takes a letter away for good. */
export function DiscardDialog({ letter, onClose }: LetterDialogProps) {
  const { operations } = useSession().stage.client;
  const became = useRef<Became>('untouched');
  return (
    <ReasonDialog
      title="Discard"
      label="Discard"
      color="red.9"
      approval={{ isNeeded: needsSecondPerson(letter), where }}
      onClose={() => onClose(became.current)}
      act={async ({ reason, approvalId }) => {
        const result = await operations.discardDeadLetter(
          letter.id,
          {
            reason,
            ...(approvalId ? { approval_id: approvalId } : {}),
          },
          patience,
        );
        became.current = result.discarded ? 'gone' : 'changed';
        return result;
      }}
      done={({ discarded }) => (
        <Text fw={600}>
          {discarded
            ? 'Discarded. What it was, and why it went, is on record.'
            : 'It was not discarded: the letter is there.'}
        </Text>
      )}
    >
      <Text size="sm">
        The letter is taken away for good, and what it is about stays undone. At risk:
      </Text>
      <div>
        <LetterRisk {...letter} />
      </div>
    </ReasonDialog>
  );
}
