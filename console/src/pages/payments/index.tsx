import { Button, VisuallyHidden } from '@mantine/core';
import { useFocusWithin, useHover, useMergedRef } from '@mantine/hooks';
import { IconArrowUp } from '@tabler/icons-react';
import { type ReactNode, useMemo, useReducer } from 'react';
import { useSearchParams } from 'react-router';
import type { Payment } from '../../../../client/src/generated/types.ts';
import { useApi } from '../../api/use-api.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session/session.ts';
import { FilterForm } from './filter-form.tsx';
import { type Filters, filtersOf, queryOf } from './filters.ts';
import { PaymentRows } from './payment-rows.tsx';
import { useLiveRows } from './use-live-rows.ts';
import { usePaging } from './use-paging.ts';

const everyMs = 2_500;

/** The payments of a tenant as they come, by filters that are in the address. */
export default function PaymentsPage() {
  const { tenant } = useSession();
  const [address, setAddress] = useSearchParams();
  const filters = useMemo(() => filtersOf(address), [address]);
  const { cursor, newer, older } = usePaging();
  const query = useApi(
    ['payments', filters, cursor],
    ({ client, signal }) => client.payments.list(queryOf(filters, cursor), { signal }).page(),
    { refetchMs: everyMs, keepPrevious: true },
  );
  const filter = (next: Filters) =>
    setAddress(Object.entries(next).filter(([, value]) => value !== '') as [string, string][]);

  return (
    <Page
      title="Payments"
      intro={`${tenant === null ? 'Newest first' : `Of ${tenant}, newest first`}; read again every ${everyMs / 1_000} s`}
    >
      <FilterForm filters={filters} onChange={filter} />
      <QueryView query={query} rows={8}>
        {({ data, next_cursor }) =>
          data.length === 0 ? (
            <NoPayments filters={filters} onClear={() => filter({})} />
          ) : (
            <LiveList
              // What is shown until the first reading of another list is nothing to compare with.
              key={JSON.stringify([tenant, filters, cursor, query.isPlaceholderData])}
              payments={data}
            >
              <Pager onNewer={newer} onOlder={older(next_cursor)}>
                {data.length} {data.length === 1 ? 'payment' : 'payments'}
                {cursor === null ? '' : ', older ones'}
              </Pager>
            </LiveList>
          )
        }
      </QueryView>
    </Page>
  );
}

/** The list while it lives: under the pointer or the focus no row moves, and what has come waits. */
function LiveList({
  payments,
  children,
}: {
  readonly payments: readonly Payment[];
  readonly children: ReactNode;
}) {
  const { hovered, ref: hoverRef } = useHover<HTMLDivElement>();
  const { focused, ref: focusRef } = useFocusWithin<HTMLDivElement>();
  const ref = useMergedRef(hoverRef, focusRef);
  const [released, release] = useReducer((count: number) => count + 1, 0);
  const { rows, fresh, held } = useLiveRows(payments, hovered || focused, released);
  return (
    <>
      <VisuallyHidden role="status">
        {fresh.size + held > 0 ? `${fresh.size + held} new since you came` : ''}
      </VisuallyHidden>
      <div ref={ref} style={{ position: 'relative' }}>
        {held > 0 && (
          // Over the head of the table: it must not move the rows that it spares.
          <Button
            size="compact-xs"
            pos="absolute"
            top={4}
            left="50%"
            style={{ zIndex: 2, transform: 'translateX(-50%)' }}
            leftSection={<IconArrowUp size={13} aria-hidden />}
            onClick={release}
          >
            Show {held} new
          </Button>
        )}
        <PaymentRows payments={rows} fresh={fresh} />
      </div>
      {children}
    </>
  );
}

function NoPayments({
  filters,
  onClear,
}: {
  readonly filters: Filters;
  readonly onClear: () => void;
}) {
  return Object.keys(filters).length > 0 ? (
    <Empty title="No payment matches these filters">
      <Button size="xs" variant="default" mt="xs" onClick={onClear}>
        Clear the filters
      </Button>
    </Empty>
  ) : (
    <Empty title="No payments yet">
      They appear here as they are accepted: <code>npx paysaga pay</code> sends one.
    </Empty>
  );
}
