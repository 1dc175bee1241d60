import { SegmentedControl, Stack, Title } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useCursors } from '../../api/use-cursors.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session/session.ts';
import { BreaksTable } from './breaks-table.tsx';
import { Runs } from './runs.tsx';

/** Where files of PSPs and the ledger differ, and the runs that found it. */
export default function Reconciliation() {
  const { operator } = useSession();
  return (
    <Page
      title="Reconciliation"
      intro={
        operator
          ? 'Settlement files of PSPs against the ledger, of all tenants.'
          : 'Settlement files of PSPs against the ledger, as far as they are about your payments.'
      }
    >
      <Breaks />
      <Runs />
    </Page>
  );
}

const statuses = ['open', 'resolved'] as const;

function Breaks() {
  const [status, setStatus] = useState<(typeof statuses)[number]>('open');
  const { cursor, forward, back } = useCursors(status);
  const breaks = useApi(
    ['breaks', status, cursor],
    ({ session, signal }) =>
      session.stage.client.reconciliation
        .breaks({ status, limit: 20, ...(cursor ? { cursor } : {}) }, { signal })
        .page(),
    { keepPrevious: true },
  );
  return (
    <section aria-labelledby="breaks">
      <Title order={2} mb="xs" id="breaks">
        Breaks
      </Title>
      <Stack gap="xs">
        <SegmentedControl
          aria-label="Which breaks"
          value={status}
          onChange={setStatus}
          data={statuses.map((value) => ({
            value,
            label: value === 'open' ? 'Open' : 'Resolved',
          }))}
          style={{ alignSelf: 'flex-start' }}
        />
        <QueryView query={breaks}>
          {({ data, next_cursor }) =>
            data.length === 0 && cursor === undefined ? (
              <Empty
                title={status === 'open' ? 'No break is open' : 'No break was resolved'}
                icon={IconScale}
              >
                {status === 'open' && 'Files and ledger agree, as far as files have come.'}
              </Empty>
            ) : (
              <>
                <BreaksTable breaks={data} onChanged={breaks.refetch} />
                <Pager
                  onNewer={back}
                  onOlder={next_cursor === null ? null : () => forward(next_cursor)}
                >
                  {data.length} breaks
                </Pager>
              </>
            )
          }
        </QueryView>
      </Stack>
    </section>
  );
}
