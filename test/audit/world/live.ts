import { derivedId } from '../../../shared/domain/ids.ts';
import type { AuditSources, StoredSubject } from '../../../shared/ports/audit.ts';
import type { AuditedWorld } from './history.ts';

/**
 * What an audit reads of a world that goes on meanwhile, read as DynamoDB reads it: a scan goes by
 * the hashes of the keys, takes each item as it is when it comes to it, finds what was written
 * before it, and not what was written behind it.
 *
 * @param pause lets others write, between any two items
 */
export function liveSources(world: AuditedWorld, pause: () => Promise<void>): AuditSources {
  const { sources, ledger, payments, payouts } = world;

  async function* scan<T>(
    read: () => Promise<readonly T[]>,
    keyOf: (item: T) => string,
  ): AsyncGenerator<T> {
    for (let cursor = ''; ; ) {
      await pause();
      let next: { readonly item: T; readonly key: string } | null = null;
      for (const item of await read()) {
        const key = keyOf(item);
        if (key > cursor && (next === null || key < next.key)) {
          next = { item, key };
        }
      }
      if (!next) {
        return;
      }
      cursor = next.key;
      yield next.item;
    }
  }

  /** One item after the other, each as it is when it is read; those that come meanwhile, too. */
  async function oneByOne<T>(read: () => Promise<readonly T[]>): Promise<T[]> {
    const items: T[] = [];
    for (;;) {
      await pause();
      const next = (await read())[items.length];
      if (next === undefined) {
        return items;
      }
      items.push(next);
    }
  }

  async function subject(
    kind: StoredSubject['kind'],
    id: string,
    first: 'events' | 'state',
  ): Promise<StoredSubject> {
    if (kind === 'conversion') {
      await pause();
      return sources.subjects.again(kind, id);
    }
    const store = kind === 'payment' ? payments : payouts;
    const state = async () => {
      await pause();
      return store.load(id);
    };
    const early = first === 'state' ? await state() : null;
    const events = await oneByOne<unknown>(() => store.events(id));
    return {
      kind,
      id,
      unreadable: null,
      snapshots: store.snapshots(id),
      events,
      state: first === 'state' ? early : await state(),
    } as StoredSubject;
  }

  return {
    ledger: {
      books: () =>
        scan(
          () => all(sources.ledger.books()),
          ({ tenant, currency }) => hashOf(`${tenant} ${currency}`),
        ),
      days: (tenant, currency) =>
        scan(
          () => all(sources.ledger.days(tenant, currency)),
          ({ day }) => day,
        ),
      chain: (tenant, currency) =>
        scan(
          () => all(sources.ledger.chain(tenant, currency)),
          ({ number }) => String(number).padStart(9, '0'),
        ),
      transfers: () =>
        scan(
          async () => ledger.transfers(),
          ({ id }) => hashOf(id),
        ),
      limitedAccounts: () =>
        scan(
          async () => ledger.limitedAccounts(),
          ({ tenant, currency, code }) => hashOf(`${tenant} ${currency} ${code}`),
        ),
    },
    subjects: {
      again: (kind, id) => subject(kind, id, 'state'),
      all: async function* () {
        const ids = scan(
          async () => subjectIds(world),
          ({ id }) => hashOf(id),
        );
        for await (const { kind, id } of ids) {
          yield subject(kind, id, 'events');
        }
      },
    },
    findTransfers: async (asked) => {
      await pause();
      return sources.findTransfers(asked);
    },
  };
}

const hashes = new Map<string, string>();

/** Where a key is in a scan. */
function hashOf(key: string): string {
  const known = hashes.get(key) ?? derivedId(key);
  hashes.set(key, known);
  return known;
}

function subjectIds({ payments, payouts, ledger }: AuditedWorld) {
  const ids = new Map<string, StoredSubject['kind']>();
  for (const { subject } of payments.allEvents) {
    ids.set(subject, 'payment');
  }
  for (const { subject } of payouts.allEvents) {
    ids.set(subject, 'payout');
  }
  for (const { posting, operationId } of ledger.transfers()) {
    if (posting === 'fx_sold' && operationId !== null) {
      ids.set(operationId, 'conversion');
    }
  }
  return [...ids].map(([id, kind]) => ({ id, kind }));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const item of items) {
    read.push(item);
  }
  return read;
}
