import { Anchor, Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { WebhookDelivery } from '../../../../client/src/index.ts';
import { useAct } from '../../api/use-act.ts';
import { ShortId } from '../../components/id.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Time } from '../../components/time.tsx';
import { deliveryWords, lastAnswerText, resendErrorText, resendLabel } from './words.ts';

/** A delivery, and on demand its tries. */
export function DeliveryRows({
  delivery,
  canResend,
  onSaid,
}: {
  readonly delivery: WebhookDelivery;
  readonly canResend: boolean;
  /** Told what a resend came to: its row may go out of the list by it. */
  readonly onSaid: (text: string) => void;
}) {
  const { id, event, status, attempts, next_attempt, created } = delivery;
  const [isOpen, setOpen] = useState(false);
  const { text, tone } = deliveryWords[status];
  const columns = canResend ? 6 : 5;
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <span className="ps-mono">{event.type}</span>
          <div>
            <Subject event={event} />
          </div>
        </Table.Td>
        <Table.Td>
          <StatusBadge status={status} tone={tone} text={text} />
          <Text size="xs" c="dimmed">
            {lastAnswerText(delivery)}
          </Text>
        </Table.Td>
        <Table.Td>
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={isOpen}
            aria-label={`${attempts.length} tries of ${event.type} ${id.slice(0, 8)}`}
            disabled={attempts.length === 0}
            onClick={() => setOpen(!isOpen)}
          >
            {attempts.length}
          </Button>
        </Table.Td>
        {canResend && (
          <Table.Td>
            <Resend delivery={delivery} onSaid={onSaid} />
          </Table.Td>
        )}
        <Table.Td>{next_attempt === null ? 'none' : <Time at={next_attempt} />}</Table.Td>
        <Table.Td>
          <Time at={created} />
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={columns}>
            <ol aria-label={`Tries of ${event.type} ${id.slice(0, 8)}`}>
              {attempts.map(({ number, time, status: answered, reason, duration_ms }) => (
                <li key={`${number} ${time}`} value={number}>
                  <Time at={time} precise /> {answered === null ? 'no answer' : `HTTP ${answered}`}
                  {reason !== null && `, ${reason}`}
                  {duration_ms !== null && `, ${duration_ms} ms`}
                </li>
              ))}
            </ol>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function Subject({ event }: { readonly event: WebhookDelivery['event'] }) {
  const { type, subject } = event;
  return type.startsWith('payment.') ? (
    <Anchor component={Link} to={`/payments/${subject}`} aria-label={`Payment ${subject}`}>
      <ShortId value={subject} />
    </Anchor>
  ) : (
    <ShortId value={subject} />
  );
}

function Resend({
  delivery,
  onSaid,
}: {
  readonly delivery: WebhookDelivery;
  readonly onSaid: (text: string) => void;
}) {
  const { id, endpoint_id, event } = delivery;
  const what = `${event.type} ${id.slice(0, 8)}`;
  const resend = useAct(
    (_: null, { client }) =>
      client.webhookEndpoints.resend(endpoint_id, id).then(
        () => onSaid(`${what} is on its way.`),
        (error: Error) => onSaid(`${what}: ${resendErrorText(error)}`),
      ),
    [['webhook', endpoint_id]],
  );
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`${resendLabel(delivery)}: ${what}`}
      loading={resend.isPending}
      onClick={() => resend.mutate(null)}
    >
      {resendLabel(delivery)}
    </Button>
  );
}
