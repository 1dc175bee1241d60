import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Parked } from '../../../../client/src/index.ts';
import { Money } from '../../components/money.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useSession } from '../../session/session.ts';
import { ReferenceInput } from './reference-input.tsx';
import {
  actionWords,
  isReference,
  needsReference,
  needsSecondPerson,
  type ParkedAction,
  resolutionText,
  subjectOf,
} from './words.ts';

/** Asking waits for the PSP's answer; the API's gateway waits for no more than this. */
const timeoutMs = 29_000;

/** Takes a person's word on what is parked, or has it asked for or begun anew. */
export function ResolveDialog({
  parked,
  action,
  onClose,
}: {
  readonly parked: Parked;
  readonly action: ParkedAction;
  readonly onClose: (isDone: boolean) => void;
}) {
  const { client } = useSession().stage;
  const [reference, setReference] = useState('');
  const asksReference = needsReference(parked, action);
  const { label, says } = actionWords[action];
  const { id } = subjectOf(parked);
  return (
    <ReasonDialog
      title={`${label}: ${parked.operation} of ${id}`}
      label={label}
      approval={{
        isNeeded: needsSecondPerson(parked, action),
        where: 'the same page',
      }}
      isReady={!asksReference || isReference(reference)}
      onClose={onClose}
      act={({ reason, approvalId }) =>
        client.operations.resolveParked(
          id,
          {
            operation_id: parked.operation_id,
            outcome: action,
            reason,
            ...(asksReference ? { provider_reference: reference.trim() } : {}),
            ...(approvalId ? { approval_id: approvalId } : {}),
          },
          { timeoutMs },
        )
      }
      done={(result) => (
        <Stack gap="xs">
          <Text fw={600}>{resolutionText(result)}</Text>
          {result.resolution?.provider_reference && (
            <Text size="sm" className="ps-break">
              Reference: {result.resolution.provider_reference}
            </Text>
          )}
        </Stack>
      )}
    >
      <Text size="sm">
        {says} At risk: <Money amountMinor={parked.amount} currency={parked.currency} />.
      </Text>
      {asksReference && <ReferenceInput value={reference} onChange={setReference} />}
    </ReasonDialog>
  );
}
