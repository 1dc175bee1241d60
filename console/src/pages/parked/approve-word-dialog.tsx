import { Group, Radio, Text } from '@mantine/core';
import { useState } from 'react';
import type { Parked } from '../../../../client/src/index.ts';
import { ApproveDialog } from '../../components/approval/approve-dialog.tsx';
import { Money } from '../../components/money.tsx';
import { ReferenceInput } from './reference-input.tsx';
import {
  actionWords,
  isReference,
  isWord,
  needsReference,
  type ParkedWord,
  subjectOf,
  wordText,
} from './words.ts';

/** Approves one word on what is parked: no other will do, so none is chosen until somebody does. */
export function ApproveWordDialog({
  parked,
  onClose,
}: {
  readonly parked: Parked;
  readonly onClose: () => void;
}) {
  const [outcome, setOutcome] = useState<ParkedWord | null>(null);
  const [reference, setReference] = useState('');
  const asksReference = outcome !== null && needsReference(parked, outcome);
  const approved = asksReference ? reference.trim() : null;
  const { kind, id } = subjectOf(parked);
  const title = `${parked.operation} of ${kind} ${id}`;
  return (
    <ApproveDialog
      title={`Approve a word on the ${title}`}
      deed={{
        act: 'parked.resolve',
        subject: parked.operation_id,
        outcome,
        provider_reference: approved,
      }}
      what={
        outcome === null
          ? `give a word on the ${title}`
          : `say ${wordText(outcome, approved)} of the ${title}`
      }
      isReady={outcome !== null && (approved === null || isReference(approved))}
      onClose={onClose}
    >
      <Text size="sm">
        At risk: <Money amountMinor={parked.amount} currency={parked.currency} />.
      </Text>
      <Radio.Group
        label="What the other operator may say"
        description="It has to be exactly what you saw at the PSP or the bank."
        value={outcome}
        onChange={(value) =>
          setOutcome(parked.actions.filter(isWord).find((one) => one === value) ?? null)
        }
        required
      >
        <Group mt="xs">
          {parked.actions.filter(isWord).map((one) => (
            <Radio key={one} value={one} label={actionWords[one].label} />
          ))}
        </Group>
      </Radio.Group>
      {asksReference && <ReferenceInput value={reference} onChange={setReference} />}
    </ApproveDialog>
  );
}
