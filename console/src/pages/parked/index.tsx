import { SimpleGrid, Stack } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import type { Parked } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { Empty } from '../../components/empty.tsx';
import { AtRisk } from '../../components/figures/at-risk.tsx';
import { Figure } from '../../components/figures/figure.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Age } from '../../components/time.tsx';
import { useSession } from '../../session/session.ts';
import { ParkedCard } from './parked-card.tsx';

/** The most that are shown; whoever has more works from the oldest on. */
const most = 200;

/** What waits for a person: of all tenants for an operator, of its own for a merchant. */
export default function ParkedPage() {
  const { operator } = useSession();
  const parked = useApi(
    ['parked'],
    ({ session, signal }) =>
      session.stage.client.operations.parked({ limit: 100 }, { signal, most }).toArray(),
    { refetchMs: 10_000 },
  );
  return (
    <Page
      title="Parked"
      intro={
        operator
          ? 'What of all tenants waits for a person, payments first, the longest first.'
          : 'What of yours waits for a person. Who operates the stage sees to it.'
      }
    >
      <QueryView query={parked}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="Nothing is parked" icon={IconUserCheck}>
              Every outcome is known, and every saga came to an end or is on its way.
            </Empty>
          ) : (
            <ParkedList all={all} onChanged={parked.refetch} />
          )
        }
      </QueryView>
    </Page>
  );
}

function ParkedList({
  all,
  onChanged,
}: {
  readonly all: readonly Parked[];
  readonly onChanged: () => unknown;
}) {
  const oldest = all.map(({ since }) => since).sort()[0] ?? null;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Figure name="At risk in all">
          <AtRisk amounts={all} />
        </Figure>
        <Figure name="Parked">
          {all.length}
          {all.length === most ? ' or more' : ''}
        </Figure>
        <Figure name="The oldest">{oldest === null ? 'none' : <Age since={oldest} />}</Figure>
      </SimpleGrid>
      {all.map((one) => (
        <ParkedCard key={one.operation_id} parked={one} onChanged={onChanged} />
      ))}
    </Stack>
  );
}
