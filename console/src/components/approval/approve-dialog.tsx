import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../../session/session.ts';
import { Id } from '../id.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { Time } from '../time.tsx';
import type { ApprovedDeed } from './approvals.ts';

/** Approves what another operator is going to do, and shows the approval's id for them. */
export function ApproveDialog({
  title,
  deed,
  what,
  children,
  confirm,
  isReady = true,
  onClose,
}: {
  readonly title: string;
  readonly deed: ApprovedDeed;
  /** All of what is approved: `redrive this letter by force`. */
  readonly what: string;
  /** What has to be known for it, and what is chosen. */
  readonly children?: ReactNode;
  /** What has to be ticked first, for what is dangerous. */
  readonly confirm?: string;
  /** False while something that has to be chosen is missing. */
  readonly isReady?: boolean;
  readonly onClose: () => void;
}) {
  const { stage, identity } = useSession();
  return (
    <ReasonDialog
      title={title}
      label="Approve"
      isReady={isReady}
      {...(confirm === undefined ? {} : { color: 'red.9', confirm })}
      onClose={onClose}
      act={({ reason, idempotencyKey }) =>
        stage.client.operations.approveOperatorAct({ ...deed, reason }, { idempotencyKey })
      }
      done={({ id, expires }) => (
        <Stack gap="xs">
          <Text>
            Approved: to {what}. Give this id to whoever does it; it is good for this alone, and for
            this again should the first try come to nothing.
          </Text>
          <Id value={id} what="approval id" />
          <Text size="sm" c="dimmed">
            Until <Time at={expires} /> UTC.
          </Text>
        </Stack>
      )}
    >
      {children}
      <Text size="sm">
        As {identity.name} you let another operator {what}, and nothing else. You cannot use your
        own approval.
      </Text>
    </ReasonDialog>
  );
}
