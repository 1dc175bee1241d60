import type { Snapshot } from '../../domain/snapshot.ts';
import type { AuditSources, StoredSubject } from '../../ports/audit.ts';
import type { PaymentStore } from '../../ports/payments.ts';
import type { ConversionStore } from '../../ports/payouts/conversions.ts';
import type { PayoutStore } from '../../ports/payouts/payouts.ts';
import type { MemoryLedger } from './ledger.ts';
import { type MemoryBooks, memoryLedgerAudit } from './ledger-books.ts';

/** A store of events in memory that knows whose they are. */
type Listed<Store extends Pick<PaymentStore | PayoutStore, 'load' | 'events'>> = Pick<
  Store,
  'load' | 'events'
> & {
  readonly allEvents: readonly { readonly subject: string }[];
  readonly snapshots: (
    id: string,
  ) => readonly Snapshot<NonNullable<Awaited<ReturnType<Store['load']>>>>[];
};

/** What an audit reads, in memory. */
export function memoryAudit(stores: {
  readonly ledger: MemoryLedger;
  readonly books: MemoryBooks;
  readonly payments: Listed<PaymentStore>;
  readonly payouts: Listed<PayoutStore>;
  readonly conversions: Pick<ConversionStore, 'load'>;
}): AuditSources {
  const { ledger, books, payments, payouts, conversions } = stores;
  const again = async (kind: StoredSubject['kind'], id: string): Promise<StoredSubject> => {
    const read = { id, unreadable: null };
    switch (kind) {
      case 'payment':
        return { ...read, kind, ...(await historyOf(payments, id)) };
      case 'payout':
        return { ...read, kind, ...(await historyOf(payouts, id)) };
      case 'conversion':
        return { ...read, kind, conversion: await conversions.load(id) };
    }
  };
  return {
    ledger: memoryLedgerAudit(ledger, books),
    subjects: {
      again,
      all: async function* () {
        for (const id of subjectsOf(payments)) {
          yield again('payment', id);
        }
        for (const id of subjectsOf(payouts)) {
          yield again('payout', id);
        }
        // The store does not list them; nothing but their transfers does.
        for (const id of converted(ledger)) {
          yield again('conversion', id);
        }
      },
    },
    findTransfers: async (transfers) => {
      const asked = new Set(transfers.map(({ id }) => id));
      return ledger.transfers().filter(({ id }) => asked.has(id));
    },
  };
}

async function historyOf<State, Event>(
  store: {
    readonly load: (id: string) => Promise<State | null>;
    readonly events: (id: string) => Promise<readonly Event[]>;
    readonly snapshots: (id: string) => readonly Snapshot<State>[];
  },
  id: string,
) {
  return {
    state: await store.load(id),
    events: await store.events(id),
    snapshots: store.snapshots(id),
  };
}

function subjectsOf({
  allEvents,
}: {
  readonly allEvents: readonly { readonly subject: string }[];
}) {
  return new Set(allEvents.map(({ subject }) => subject));
}

function converted(ledger: MemoryLedger): Set<string> {
  return new Set(
    ledger
      .transfers()
      .filter(({ posting }) => posting === 'fx_sold')
      .flatMap(({ operationId }) => operationId ?? []),
  );
}
