import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { WebhookEndpoint } from '../../../../client/src/index.ts';
import { useAct } from '../../api/use-act.ts';
import { useApi } from '../../api/use-api.ts';
import { Failure } from '../../components/failure.tsx';
import { Id } from '../../components/id.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Age, Time } from '../../components/time.tsx';
import { useSession } from '../../session/session.ts';
import { Deliveries } from './deliveries.tsx';
import { MerchantsChange } from './merchants-change.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { endpointWords, eventsText } from './words.ts';

/** One endpoint, what can be done about it, and what was sent to it. */
export function EndpointPage({ id }: { readonly id: string }) {
  const { operator } = useSession();
  const endpoint = useApi(
    ['webhook', id],
    ({ client, signal }) => client.webhookEndpoints.get(id, { signal }),
    { refetchMs: 10_000 },
  );
  return (
    <Page
      title={endpoint.data ? `Webhook endpoint ${endpoint.data.url}` : 'Webhook endpoint'}
      intro={
        <Anchor component={Link} to="/webhooks">
          All endpoints
        </Anchor>
      }
    >
      <MerchantsChange />
      <QueryView query={endpoint} rows={4}>
        {(found) => (
          <>
            <Facts endpoint={found} />
            {!operator && <Acts endpoint={found} onChanged={endpoint.refetch} />}
            <Deliveries endpointId={id} canResend={!operator && found.status === 'enabled'} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Facts({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const { id, status, events, description, created, failing_since, secrets } = endpoint;
  const { text, tone } = endpointWords(endpoint);
  return (
    <Paper component="section" aria-label="The endpoint">
      <dl className="ps-facts">
        <dt>State</dt>
        <dd>
          <StatusBadge status={status} tone={tone} text={text} />
        </dd>
        {failing_since !== null && (
          <>
            <dt>Failing</dt>
            <dd>
              since <Time at={failing_since} /> UTC, for <Age since={failing_since} />
            </dd>
          </>
        )}
        <dt>Events</dt>
        <dd>{eventsText(events)}</dd>
        {description !== null && (
          <>
            <dt>Description</dt>
            <dd>{description}</dd>
          </>
        )}
        <dt>Secrets</dt>
        <dd>
          {secrets.map((secret) => (
            <Text key={secret.created} size="sm" component="div">
              made <Time at={secret.created} /> UTC
              {secret.expires !== null && (
                <>
                  , signs until <Time at={secret.expires} />
                </>
              )}
            </Text>
          ))}
        </dd>
        <dt>Added</dt>
        <dd>
          <Time at={created} /> UTC
        </dd>
        <dt>Id</dt>
        <dd>
          <Id value={id} what="endpoint id" />
        </dd>
      </dl>
    </Paper>
  );
}

function Acts({
  endpoint,
  onChanged,
}: {
  readonly endpoint: WebhookEndpoint;
  readonly onChanged: () => unknown;
}) {
  const { id, status } = endpoint;
  const [isRotating, setRotating] = useState(false);
  const change = useAct(
    (next: 'enabled' | 'disabled', { client }) =>
      client.webhookEndpoints.update(id, { status: next }),
    [['webhook', id], ['webhooks']],
  );
  const isEnabled = status === 'enabled';
  return (
    <section aria-label="What to do">
      <Group gap="xs">
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate(isEnabled ? 'disabled' : 'enabled')}
        >
          {isEnabled ? 'Disable' : 'Enable'}
        </Button>
        <Button variant="default" onClick={() => setRotating(true)}>
          Rotate the secret
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt={6}>
        {isEnabled
          ? 'Disabled, it takes nothing, and what is on its way is abandoned.'
          : 'Enabled, it is sent what happens from then on. What was abandoned can be resent.'}
      </Text>
      {change.isError && <Failure error={change.error} />}
      {isRotating && (
        <RotateDialog
          endpointId={id}
          onClose={() => {
            setRotating(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}
