import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { Overview } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { ForOperators } from '../../components/approval/for-operators.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Time } from '../../components/time.tsx';
import { useSession } from '../../session/session.ts';
import { Breakers } from './breakers.tsx';
import { Failures } from './failures.tsx';
import { OverviewPart } from './part.tsx';
import { SettleTimes, WindowCounts } from './settle-times.tsx';
import { Throughput } from './throughput.tsx';
import { DeadLettersPart, ParkedPart } from './waiting.tsx';

/** Each reading of a deployed stage asks all of its tables. */
const refetchSeconds = (stage: string) => (stage === 'local' ? 5 : 30);

/** How the stage does, for who operates it: read anew by itself. */
export default function Health() {
  const { operator, config } = useSession();
  const seconds = refetchSeconds(config.stage);
  const overview = useApi(
    ['overview'],
    ({ session, signal }) => session.stage.client.operations.getOverview({}, { signal }),
    { refetchMs: seconds * 1_000, enabled: operator },
  );
  return (
    <Page title="Health" intro="All tenants of the stage, over the last hour.">
      {operator ? (
        <QueryView query={overview} rows={8}>
          {(found) => <Parts overview={found} seconds={seconds} />}
        </QueryView>
      ) : (
        <ForOperators what="How the stage does" />
      )}
    </Page>
  );
}

function Parts({ overview, seconds }: { readonly overview: Overview; readonly seconds: number }) {
  const { window } = overview;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        As of <Time at={overview.time} /> UTC, read anew every {seconds} s.
        {window?.truncated && (
          <>
            {` Only the newest ${window.examined} payments were looked at, since `}
            <Time at={window.since} /> UTC: earlier ones of the hour are left out.
          </>
        )}
      </Text>
      <OverviewPart name="Payments of the hour" part={overview.payments}>
        {(payments) => <WindowCounts payments={payments} />}
      </OverviewPart>
      <OverviewPart name="Payments per minute" part={overview.per_minute}>
        {(minutes) => <Throughput minutes={minutes} />}
      </OverviewPart>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <OverviewPart name="Time to settle" part={overview.time_to_settle_ms}>
          {(times) => <SettleTimes times={times} />}
        </OverviewPart>
        <OverviewPart name="Why payments failed" part={overview.failures}>
          {(failures) => <Failures failures={failures} />}
        </OverviewPart>
        <OverviewPart name="Parked" part={overview.parked}>
          {(parked) => <ParkedPart parked={parked} />}
        </OverviewPart>
        <OverviewPart name="Dead letters" part={overview.dead_letters}>
          {(letters) => <DeadLettersPart letters={letters} />}
        </OverviewPart>
      </SimpleGrid>
      <OverviewPart name="Circuit breakers" part={overview.providers}>
        {(providers) => <Breakers providers={providers} />}
      </OverviewPart>
    </Stack>
  );
}
