import { Text } from '@mantine/core';
import { ApproveDialog } from '../../../components/approval/approve-dialog.tsx';
import { LetterRisk } from '../about.tsx';
import type { DeadLetter } from '../types.ts';
import { VerdictText } from '../verdict.tsx';
import { forced } from './dialogs.tsx';

interface ApproveProps {
  readonly letter: DeadLetter;
  readonly onClose: () => void;
}

/** Approves a redrive as the letter is seen now: by force only where that is needed, and said so. */
export function ApproveRedriveDialog({ letter, onClose }: ApproveProps) {
  const force = letter.verdict.redo === 'unsafe';
  return (
    <ApproveDialog
      title={
        force ? 'Approve a redrive by force of this letter' : 'Approve a redrive of this letter'
      }
      deed={{ act: 'dead_letter.redrive', subject: letter.id, force }}
      what={force ? 'redrive this letter by force' : 'redrive this letter, without force'}
      {...(force ? { confirm: forced } : {})}
      onClose={onClose}
    >
      <VerdictText verdict={letter.verdict} />
      <AtRisk letter={letter} />
    </ApproveDialog>
  );
}

export function ApproveDiscardDialog({ letter, onClose }: ApproveProps) {
  return (
    <ApproveDialog
      title="Approve a discard of this letter"
      deed={{ act: 'dead_letter.discard', subject: letter.id }}
      what="discard this letter"
      onClose={onClose}
    >
      <AtRisk letter={letter} />
    </ApproveDialog>
  );
}

function AtRisk({ letter }: Pick<ApproveProps, 'letter'>) {
  return (
    <Text size="sm" component="div">
      At risk: <LetterRisk {...letter} />
    </Text>
  );
}
