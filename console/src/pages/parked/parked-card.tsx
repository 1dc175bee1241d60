import { Button, Group, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import type { Parked } from '../../../../client/src/index.ts';
import { PaymentLink } from '../../components/figures/payment-link.tsx';
import { Money } from '../../components/money.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Age, Time } from '../../components/time.tsx';
import { useSession } from '../../session/session.ts';
import { ApproveWordDialog } from './approve-word-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import {
  actionWords,
  needsSecondPerson,
  type ParkedAction,
  subjectOf,
  unknownText,
} from './words.ts';

/** One thing that waits for a person, with what a person can do about it. */
export function ParkedCard({
  parked,
  onChanged,
}: {
  readonly parked: Parked;
  readonly onChanged: () => unknown;
}) {
  const { operator } = useSession();
  const [open, setOpen] = useState<{ readonly parked: Parked; readonly act: Act } | null>(null);
  const { operation, operation_id, amount, currency, since, reason, tenant, actions } = parked;
  const subject = subjectOf(parked);
  const title = `${operation} of ${subject.kind} ${subject.id}`;
  const close = (isDone: boolean) => {
    setOpen(null);
    if (isDone) {
      onChanged();
    }
  };
  return (
    <Paper component="article" aria-label={title}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Text fw={600} className="ps-break">
          {operation} of {subject.kind}{' '}
          {subject.kind === 'payment' ? (
            <PaymentLink id={subject.id} tenant={tenant} />
          ) : (
            subject.id
          )}
        </Text>
        <StatusBadge
          status={parked.unknown ? 'unknown' : 'parked'}
          tone="wait"
          text={unknownText(parked)}
        />
      </Group>
      <dl className="ps-facts">
        <dt>At risk</dt>
        <dd>
          <Money amountMinor={amount} currency={currency} />
        </dd>
        <dt>Tenant</dt>
        <dd>{tenant}</dd>
        <dt>Since</dt>
        <dd>
          <Time at={since} /> UTC, <Age since={since} /> ago
        </dd>
        <dt>Reason</dt>
        <dd>{reason}</dd>
        <dt>Operation</dt>
        <dd className="ps-mono">{operation_id}</dd>
      </dl>
      {operator && actions.length > 0 && (
        <Group gap="xs" mt="md">
          {actions.map((action) => (
            <Button
              key={action}
              variant="default"
              aria-label={`${actionWords[action].label}: ${title}`}
              onClick={() => setOpen({ parked, act: action })}
            >
              {actionWords[action].label}
            </Button>
          ))}
          {actions.some((action) => needsSecondPerson(parked, action)) && (
            <Button
              variant="default"
              aria-label={`Approve another operator’s word: ${title}`}
              onClick={() => setOpen({ parked, act: 'approve' })}
            >
              Approve another operator’s word
            </Button>
          )}
        </Group>
      )}
      {open?.act === 'approve' && (
        <ApproveWordDialog parked={open.parked} onClose={() => setOpen(null)} />
      )}
      {open && open.act !== 'approve' && (
        <ResolveDialog parked={open.parked} action={open.act} onClose={close} />
      )}
    </Paper>
  );
}

type Act = ParkedAction | 'approve';
