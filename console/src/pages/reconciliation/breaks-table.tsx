import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReconciliationBreak } from '../../../../client/src/index.ts';
import { PaymentLink } from '../../components/figures/payment-link.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Age, Time } from '../../components/time.tsx';
import { useSession } from '../../session/session.ts';
import { ResolveBreak } from './resolve-break.tsx';
import { breakKinds, differenceText, placeOf, sideText } from './words.ts';

/** Breaks with both of their sides. */
export function BreaksTable({
  breaks,
  onChanged,
}: {
  readonly breaks: readonly ReconciliationBreak[];
  readonly onChanged: () => unknown;
}) {
  const [resolving, setResolving] = useState<ReconciliationBreak | null>(null);
  return (
    <>
      <ScrollTable label="Breaks" minWidth={1_000}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What differs</Table.Th>
            <Table.Th className="ps-number">The file says</Table.Th>
            <Table.Th className="ps-number">The ledger says</Table.Th>
            <Table.Th>Difference</Table.Th>
            <Table.Th>Payment</Table.Th>
            <Table.Th>Tenant</Table.Th>
            <Table.Th>Where</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {breaks.map((one) => (
            <Break key={one.id} found={one} onResolve={() => setResolving(one)} />
          ))}
        </Table.Tbody>
      </ScrollTable>
      {resolving && (
        <ResolveBreak
          found={resolving}
          onClose={(isDone) => {
            setResolving(null);
            if (isDone) {
              onChanged();
            }
          }}
        />
      )}
    </>
  );
}

function Break({
  found,
  onResolve,
}: {
  readonly found: ReconciliationBreak;
  readonly onResolve: () => void;
}) {
  const { operator } = useSession();
  const { id, kind, status, ours, theirs, payment_id, tenant, created, type, resolution } = found;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        {breakKinds[kind]}
        <div>
          {operator && status === 'open' ? (
            <Button
              size="compact-xs"
              mt={4}
              variant="default"
              aria-label={`Resolve break ${id}`}
              onClick={onResolve}
            >
              Resolve
            </Button>
          ) : (
            <StatusBadge status={status} tone={status === 'open' ? 'wait' : 'good'} />
          )}
        </div>
        {resolution && (
          <Text size="xs" c="dimmed" className="ps-break" maw={260}>
            by {resolution.by} at <Time at={resolution.time} />: {resolution.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="ps-number">
        {sideText(theirs)}
        <Text size="xs" c="dimmed">
          {type?.replaceAll('_', ' ')}
        </Text>
      </Table.Td>
      <Table.Td className="ps-number">{sideText(ours)}</Table.Td>
      <Table.Td>{differenceText(found)}</Table.Td>
      <Table.Td>
        {payment_id === null ? (
          'none of ours'
        ) : (
          <PaymentLink id={payment_id} tenant={tenant}>
            <span className="ps-mono" title={payment_id}>
              {payment_id.slice(0, 8)}
            </span>
          </PaymentLink>
        )}
      </Table.Td>
      <Table.Td>{tenant}</Table.Td>
      <Table.Td>
        <span className="ps-mono ps-break">{placeOf(found)}</span>
        <Text size="xs" c="dimmed">
          found <Age since={created} /> ago
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
