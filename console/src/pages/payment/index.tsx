import { Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { ProblemError } from '../../../../client/src/errors/problem-error.ts';
import type { PaymentEvent } from '../../../../shared/contracts/events/payment-events.ts';
import { useApi } from '../../api/use-api.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session/session.ts';
import { Disputes } from './disputes.tsx';
import { Facts } from './facts.tsx';
import { isMoving, momentAt } from './history.ts';
import { Ledger } from './ledger/ledger.tsx';
import { Sagas } from './saga/sagas.tsx';
import { TimeLine } from './versions/time-line.tsx';
import { VersionBar } from './versions/version-bar.tsx';

const whileMovingMs = 1_500;
const atRestMs = 10_000;

/** One payment: all that its events tell, as any of its versions left it. */
export default function PaymentPage() {
  const { id = '' } = useParams();
  const { operator, tenant } = useSession();
  const query = useEvents(id);
  return (
    <Page
      title={`Payment ${id.slice(0, 8)}`}
      intro={
        <Anchor component={Link} to="/payments" size="sm">
          <IconArrowLeft size={13} aria-hidden style={{ verticalAlign: -2 }} /> Payments
        </Anchor>
      }
    >
      <QueryView
        query={query}
        rows={10}
        failure={(error) =>
          error instanceof ProblemError && error.status === 404 && operator
            ? `It may be another tenant’s: you read as ${tenant}. The header changes that.`
            : null
        }
      >
        {(events) => <PaymentView events={events} />}
      </QueryView>
    </Page>
  );
}

function PaymentView({ events }: { readonly events: readonly PaymentEvent[] }) {
  const [address, setAddress] = useSearchParams();
  const asked = address.get('version');
  const moment = useMemo(
    () => momentAt(events, asked === null ? null : Number(asked)),
    [events, asked],
  );
  const goTo = useCallback(
    (version: number | null) =>
      setAddress(version === null ? {} : { version: String(version) }, {
        replace: true,
        preventScrollReset: true,
      }),
    [setAddress],
  );
  if (!moment) {
    return null;
  }
  return (
    <>
      <Facts moment={moment} />
      <VersionBar moment={moment} onVersion={goTo} />
      <Sagas moment={moment} onVersion={goTo} />
      <TimeLine events={events} version={moment.version} onVersion={goTo} />
      <Ledger transfers={moment.transfers} currency={moment.resource.currency} />
      <Disputes disputes={moment.state?.disputes ?? []} currency={moment.resource.currency} />
    </>
  );
}

/** Its events, read again soon while something of it is on its way: all that is shown is made of them. */
function useEvents(id: string) {
  return useApi<readonly PaymentEvent[]>(
    ['payment', id, 'events'],
    async ({ client, signal }) => {
      const events = await client.payments.events(id, { limit: 100 }, { signal }).toArray();
      // The client's types are made from the contract's own, through its document.
      return events as readonly PaymentEvent[];
    },
    { refetchMs: (events) => (isMovingAt(events ?? []) ? whileMovingMs : atRestMs) },
  );
}

function isMovingAt(events: readonly PaymentEvent[]): boolean {
  const moment = momentAt(events, null);
  return moment === null || isMoving(moment);
}
