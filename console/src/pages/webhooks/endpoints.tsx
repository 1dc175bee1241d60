import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { WebhookEndpoint } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Age } from '../../components/time.tsx';
import { useSession } from '../../session/session.ts';
import { CreateDialog } from './create-dialog.tsx';
import { MerchantsChange } from './merchants-change.tsx';
import { endpointWords, eventsText } from './words.ts';

/** The endpoints of a tenant, newest first. */
export function EndpointsPage() {
  const { operator, tenant } = useSession();
  const [isCreating, setCreating] = useState(false);
  const endpoints = useApi(
    ['webhooks'],
    ({ client, signal }) => client.webhookEndpoints.list({ signal }).toArray(),
    { refetchMs: 10_000 },
  );
  return (
    <Page
      title="Webhooks"
      intro={`Where ${tenant ?? 'the tenant'} is told what happens to its payments and payouts.`}
      actions={operator ? null : <Button onClick={() => setCreating(true)}>Add an endpoint</Button>}
    >
      <MerchantsChange />
      <QueryView query={endpoints}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="There is no endpoint" icon={IconWebhook}>
              An endpoint is an address that every event of the tenant is sent to, signed.
            </Empty>
          ) : (
            <Stack gap="xs">
              {all.map((endpoint) => (
                <EndpointCard key={endpoint.id} endpoint={endpoint} />
              ))}
            </Stack>
          )
        }
      </QueryView>
      {isCreating && (
        <CreateDialog
          onClose={() => {
            setCreating(false);
            void endpoints.refetch();
          }}
        />
      )}
    </Page>
  );
}

function EndpointCard({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const { id, url, description, events, failing_since } = endpoint;
  const { text, tone } = endpointWords(endpoint);
  return (
    <Paper component="article" className="ps-row" aria-label={`Endpoint ${url}`}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Anchor component={Link} to={`/webhooks/${id}`} className="ps-row-link ps-break" fw={600}>
          {url}
        </Anchor>
        <StatusBadge status={endpoint.status} tone={tone} text={text} />
      </Group>
      <Text size="sm" c="dimmed" className="ps-break">
        {description !== null && `${description}. `}Takes {eventsText(events)}.
        {failing_since !== null && (
          <>
            {' '}
            Failing for <Age since={failing_since} />.
          </>
        )}
      </Text>
    </Paper>
  );
}
