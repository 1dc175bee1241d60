import { Text } from '@mantine/core';
import type { ReconciliationBreak } from '../../../../client/src/index.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useSession } from '../../session/session.ts';
import { breakKinds, sideText } from './words.ts';

/** Closes a break with a reason. */
export function ResolveBreak({
  found,
  onClose,
}: {
  readonly found: ReconciliationBreak;
  readonly onClose: (isDone: boolean) => void;
}) {
  const { client } = useSession().stage;
  return (
    <ReasonDialog
      title="Resolve a break"
      label="Resolve"
      length={{ min: 1, max: 200 }}
      act={({ reason }) => client.reconciliation.resolveBreak(found.id, { reason })}
      done={({ resolution }) => (
        <Text fw={600}>Resolved{resolution ? ` by ${resolution.by}` : ''}.</Text>
      )}
      onClose={onClose}
    >
      <Text size="sm">
        {breakKinds[found.kind]}. The file says {sideText(found.theirs)}, the ledger{' '}
        {sideText(found.ours)}. Resolving it changes nothing in the books: say what was found out,
        and what was done.
      </Text>
    </ReasonDialog>
  );
}
