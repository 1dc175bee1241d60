import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { isTerminal, transitions } from '../../../shared/domain/payment/state.ts';
import type { StoredPayment } from '../../../shared/ports/audit.ts';
import { differencesOf, type Evidence, type Finding } from './evidence.ts';
import { isParked } from './money.ts';

/** 6: version +1 a change, none out of a terminal state. */
export function versionsAreWhole(evidence: Evidence): Finding {
  const { payments, payouts } = evidence;
  const changes = [...payments, ...payouts].reduce((sum, { events }) => sum + events.length, 0);
  return {
    counted: `${payments.length} payments and ${payouts.length} payouts, ${changes} changes`,
    violations: [
      ...[...payments, ...payouts].flatMap(({ kind, id, events, state, unreadable }) => [
        ...(unreadable === null ? [] : [`${kind} ${id} cannot be read: ${unreadable}`]),
        ...(state?.version === events.length
          ? []
          : [`${kind} ${id} is at version ${state?.version} after ${events.length} events`]),
        ...events
          .filter(({ sequence }, index) => sequence !== index + 1)
          .map(({ sequence }) => `${kind} ${id} has event ${sequence} in another place`),
      ]),
      ...payments.flatMap(({ id, events }) =>
        events.flatMap(({ data }, index) => {
          const { status } = data.payment;
          const before = events[index - 1]?.data.payment.status ?? status;
          return status === before || transitions[before].includes(status)
            ? []
            : [`payment ${id} became ${status} from ${before}`];
        }),
      ),
      ...differencesOf(evidence, [
        'broken_event',
        'changed_event',
        'changed_state',
        'changed_snapshot',
        'unreadable',
      ]),
    ],
  };
}

/** 7: each change has one event, published at least once, applied once per consumer. */
export function eventsArePublished(evidence: Evidence): Finding {
  const { payments, payouts, published, publishedByHand, rows, report } = evidence;
  const events = [...payments, ...payouts].flatMap((subject) => [...subject.events]);
  const counts = events.map(({ id, type, subject }) => ({
    what: `${type} of ${subject}`,
    count: (published.get(id) ?? 0) - (publishedByHand.get(id) ?? 0),
  }));
  const once = counts.filter(({ count }) => count === 1).length;
  const again = counts.filter(({ count }) => count > 1).length;
  return {
    counted: `${events.length} events, ${once} published once, ${again} more than once; ${rows.size} rows of the list; ${report.checked.transfers} transfers folded`,
    violations: [
      ...(new Set(events.map(({ id }) => id)).size === events.length ? [] : ['an id comes twice']),
      ...counts.filter(({ count }) => count < 1).map(({ what }) => `${what} was not published`),
      ...payments
        .filter(({ id, events: own }) => rows.get(id) !== own.length)
        .map(
          ({ id, events: own }) =>
            `the row of payment ${id} is at ${rows.get(id)} after ${own.length} events`,
        ),
      ...(rows.size === payments.length ? [] : [`${rows.size} rows of ${payments.length}`]),
      ...differencesOf(evidence, [
        'repeated_transfer',
        'missing_transfer',
        'unfolded_transfer',
        'foreign_transfer',
      ]),
    ],
  };
}

/** How long something took, from when it was asked for until its end, or until it was parked. */
export interface Took {
  readonly what: string;
  /** Null: it has no end. */
  readonly ms: number | null;
}

/** The payment's own saga, and each operation on it. */
export function timesOf({ id, events }: StoredPayment): Took[] {
  const [accepted] = events;
  if (!accepted) {
    return [];
  }
  const took = (what: string, from: PaymentEvent, to: PaymentEvent | undefined): Took => ({
    what,
    ms: to ? Date.parse(to.time) - Date.parse(from.time) : null,
  });
  const ended = events.find(
    (event) =>
      event.data.payment.status !== 'processing' ||
      (event.type === 'payment.parked' && isOfCharge(event.data.operation)),
  );
  const operations = events.filter(
    ({ type }) =>
      type === 'payment.capture_requested' ||
      type === 'payment.cancel_requested' ||
      type === 'payment.refund_requested',
  );
  return [
    took(`payment ${id}`, accepted, ended),
    ...operations.map((asked) => {
      const own = 'operation_id' in asked.data ? asked.data.operation_id : '';
      const end = events.find(
        ({ type, data }) => ends.has(type) && 'operation_id' in data && data.operation_id === own,
      );
      return took(`operation ${own}`, asked, end);
    }),
  ];
}

const ends: ReadonlySet<PaymentEvent['type']> = new Set([
  'payment.captured',
  'payment.canceled',
  'payment.expired',
  'payment.refunded',
  'payment.operation_failed',
  'payment.parked',
] as const);

function isOfCharge(operation: string): boolean {
  return operation === 'charge' || operation === 'reverse';
}

/** 8: a payment is terminal or parked within its time budget, and so is what was asked of it. */
export function endsComeInTime({ payments, payouts, terms }: Evidence): Finding {
  const times = payments.flatMap(timesOf);
  const longest = times.reduce((most, { ms }) => Math.max(most, ms ?? 0), 0);
  const parked = payments.filter(isParked);
  const terminal = payments.filter(({ state }) => state && isTerminal(state.status));
  const seconds = (ms: number) => `${Math.round(ms / 1_000)} s`;
  return {
    counted: `${terminal.length} payments terminal, ${parked.length} parked, ${times.length} sagas; the longest took ${seconds(longest)} of ${seconds(terms.budgetMs)}`,
    violations: [
      ...payments
        .filter(
          (payment) => payment.state && !isTerminal(payment.state.status) && !isParked(payment),
        )
        .map(({ id, state }) => `payment ${id} is left ${state?.status}`),
      ...times.filter(({ ms }) => ms === null).map(({ what }) => `${what} has no end`),
      ...times
        .filter(({ ms }) => (ms ?? 0) > terms.budgetMs)
        .map(({ what, ms }) => `${what} took ${seconds(ms ?? 0)}`),
      ...payouts
        .filter(({ state }) => state?.status === 'processing' && !isParkedPayout(state))
        .map(({ id }) => `payout ${id} is left processing`),
    ],
  };
}

function isParkedPayout(state: object): boolean {
  return 'parked' in state && state.parked !== null;
}
