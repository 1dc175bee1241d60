import type { AnyEvent } from '../../contracts/events/events.ts';
import { isPayoutEventType } from '../../contracts/events/events.ts';
import type { EventPage, EventPageQuery } from '../../ports/event-page.ts';
import type { PaymentHistory, PaymentStore, ScannedPayment } from '../../ports/payments.ts';
import type { PayoutHistory, PayoutStore } from '../../ports/payouts/payouts.ts';

/** Which events are replayed: of one payment or payout, or of a time. */
export type Selection =
  | { readonly kind: 'subject'; readonly id: string }
  | {
      readonly kind: 'range';
      /** RFC 3339: the first moment of it. */
      readonly from: string;
      /** RFC 3339: the first moment after it. */
      readonly to: string;
      /** Whose events; null: everybody's. */
      readonly tenant: string | null;
    };

/** The event stores, as a replay reads them. */
export interface EventSources {
  readonly payments: Pick<PaymentStore, 'scan'> & Pick<PaymentHistory, 'eventPage'>;
  readonly payouts: Pick<PayoutStore, 'scan'> & Pick<PayoutHistory, 'eventPage'>;
}

/** Some events of one payment or payout, in their order. */
export interface SelectedPart {
  /** Where a replay that ended here goes on: with this part, and some that came before it. */
  readonly position: string;
  readonly events: readonly AnyEvent[];
}

/** A payment or a payout of which there is no event. */
export class NoSuchSubject extends Error {
  override readonly name = 'NoSuchSubject';
}

/** A position that no replay of this kind has given. */
export class BadPosition extends Error {
  override readonly name = 'BadPosition';
}

const eventsAtOnce = 100;

const stores = ['payments', 'payouts'] as const;
type StoreName = (typeof stores)[number];

interface Position {
  readonly store: StoreName;
  readonly after: string | null;
}

/**
 * The events that a consumer would be given, payment by payment and each in its order; one page of a
 * history is in memory at a time. Those of a time cost a read of the whole table of payments, and one
 * of each history that began before its end.
 *
 * @param types what the consumer takes; others are left out
 * @param from the position to begin at; null for the start
 * @throws NoSuchSubject, BadPosition
 */
export async function* selectedEvents(
  sources: EventSources,
  selection: Selection,
  types: ReadonlySet<string>,
  from: string | null = null,
): AsyncGenerator<SelectedPart> {
  const isTaken = ({ type }: AnyEvent) => types.has(type);
  if (selection.kind === 'subject') {
    for await (const events of historyOf(sources, selection.id)) {
      yield { position: '', events: events.filter(isTaken) };
    }
    return;
  }
  const isSelected = (event: AnyEvent) =>
    isTaken(event) && event.time >= selection.from && event.time < selection.to;
  const start = from === null ? null : positionOf(from);
  for (const store of stores.slice(start ? stores.indexOf(start.store) : 0)) {
    if (![...types].some((type) => isPayoutEventType(type) === (store === 'payouts'))) {
      continue;
    }
    let after = start?.store === store ? start.after : null;
    do {
      const position = textOf({ store, after });
      const { scanned, next } = await scan(sources, store, after);
      for (const { id } of scanned.filter((one) => isOf(selection, one))) {
        for await (const events of pages(sources, store, id)) {
          yield { position, events: events.filter(isSelected) };
        }
      }
      after = next;
    } while (after !== null);
  }
}

function isOf(
  { to, tenant }: Extract<Selection, { kind: 'range' }>,
  scanned: ScannedPayment,
): boolean {
  return scanned.created < to && (tenant === null || tenant === scanned.tenant);
}

async function* historyOf(sources: EventSources, id: string): AsyncGenerator<readonly AnyEvent[]> {
  for (const store of stores) {
    let isThere = false;
    for await (const events of pages(sources, store, id)) {
      isThere ||= events.length > 0;
      yield events;
    }
    if (isThere) {
      return;
    }
  }
  throw new NoSuchSubject(`there is no payment and no payout ${id}`);
}

async function* pages(
  sources: EventSources,
  store: StoreName,
  id: string,
): AsyncGenerator<readonly AnyEvent[]> {
  const read: (query: EventPageQuery) => Promise<EventPage<AnyEvent>> = sources[store].eventPage;
  let after: number | null = 0;
  do {
    const page: EventPage<AnyEvent> = await read({ id, limit: eventsAtOnce, after });
    yield page.events;
    after = page.next;
  } while (after !== null);
}

async function scan(
  sources: EventSources,
  store: StoreName,
  after: string | null,
): Promise<{ readonly scanned: readonly ScannedPayment[]; readonly next: string | null }> {
  if (store === 'payments') {
    const { payments, next } = await sources.payments.scan(after);
    return { scanned: payments, next };
  }
  const { payouts, next } = await sources.payouts.scan(after);
  return { scanned: payouts, next };
}

function textOf(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function positionOf(text: string): Position {
  try {
    const { store, after } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Position;
    if (stores.includes(store) && (after === null || typeof after === 'string')) {
      return { store, after };
    }
  } catch {
    // Said below.
  }
  throw new BadPosition('that is no position that a replay has printed');
}
