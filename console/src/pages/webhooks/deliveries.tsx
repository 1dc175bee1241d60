import { Group, NativeSelect, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { WebhookDelivery } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { useCursors } from '../../api/use-cursors.ts';
import { Empty } from '../../components/empty.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { DeliveryRows } from './delivery-rows.tsx';
import { deliveryStatuses, deliveryWords } from './words.ts';

type Filter = WebhookDelivery['status'] | '';

/** What was sent to an endpoint, newest event first. */
export function Deliveries({
  endpointId,
  canResend,
}: {
  readonly endpointId: string;
  readonly canResend: boolean;
}) {
  const [status, setStatus] = useState<Filter>('');
  const [said, setSaid] = useState('');
  const { cursor, forward, back } = useCursors(status);
  const deliveries = useApi(
    ['webhook', endpointId, 'deliveries', status, cursor],
    ({ client, signal }) =>
      client.webhookEndpoints
        .deliveries(
          endpointId,
          { limit: 20, ...(status ? { status } : {}), ...(cursor ? { cursor } : {}) },
          { signal },
        )
        .page(),
    { keepPrevious: true, refetchMs: 5_000 },
  );
  return (
    <section aria-labelledby="deliveries">
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2} id="deliveries">
          Deliveries
        </Title>
        <NativeSelect
          aria-label="Status of the deliveries"
          size="xs"
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value as Filter)}
          data={[
            { value: '', label: 'All' },
            ...deliveryStatuses.map((value) => ({ value, label: deliveryWords[value].text })),
          ]}
        />
      </Group>
      <Text size="sm" role="status" mb={said === '' ? 0 : 'xs'}>
        {said}
      </Text>
      <QueryView query={deliveries} rows={4}>
        {({ data, next_cursor }) =>
          data.length === 0 && cursor === undefined ? (
            <Empty title={status ? `None is ${status}` : 'Nothing was sent yet'}>
              Events are sent from the endpoint’s registration on, and kept here for 30 days.
            </Empty>
          ) : (
            <>
              <ScrollTable label="Deliveries" minWidth={760}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Event</Table.Th>
                    <Table.Th>Status</Table.Th>
                    <Table.Th>Tries</Table.Th>
                    {canResend && <Table.Th>Resend</Table.Th>}
                    <Table.Th>Next try (UTC)</Table.Th>
                    <Table.Th>Created (UTC)</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.map((delivery) => (
                    <DeliveryRows
                      key={delivery.id}
                      delivery={delivery}
                      canResend={canResend}
                      onSaid={setSaid}
                    />
                  ))}
                </Table.Tbody>
              </ScrollTable>
              <Pager
                onNewer={back}
                onOlder={next_cursor === null ? null : () => forward(next_cursor)}
              >
                {data.length} deliveries
              </Pager>
            </>
          )
        }
      </QueryView>
    </section>
  );
}
