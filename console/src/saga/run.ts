import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { follow } from './follow.ts';
import { type PaymentSagaName, type Shape, shapeOf } from './shape.ts';
import { type Standing, Walk } from './walk.ts';

/** One saga of a payment as far as its events tell. A task that has left no event has left no trace. */
export interface Run {
  readonly shape: Shape;
  /** What was asked for; null for the payment's own saga. */
  readonly operationId: string | null;
  readonly standings: ReadonlyMap<string, Standing>;
  /** The ways that it went (`wayOf`), with what led along each. */
  readonly taken: ReadonlyMap<string, string | null>;
}

const sagaOfRequest: Readonly<Record<string, PaymentSagaName>> = {
  'payment.capture_requested': 'capture',
  'payment.cancel_requested': 'cancel',
  'payment.refund_requested': 'refund',
};

/** The sagas of a payment, its own first and then each that was asked for, as its events left them. */
export function runsOf(events: readonly PaymentEvent[]): Run[] {
  const requests = events.flatMap((event) => {
    const saga = sagaOfRequest[event.type];
    return saga && 'operation_id' in event.data ? [{ saga, id: event.data.operation_id }] : [];
  });
  const requested = new Set(requests.map(({ id }) => id));
  const isOf = (id: string) => (event: PaymentEvent) =>
    'operation_id' in event.data && event.data.operation_id === id;
  const own = events.filter(
    ({ data }) => !('operation_id' in data && requested.has(data.operation_id)),
  );
  return [
    runOf(shapeOf('payment'), null, own),
    ...requests.map(({ saga, id }) => runOf(shapeOf(saga), id, events.filter(isOf(id)))),
  ];
}

function runOf(shape: Shape, operationId: string | null, events: readonly PaymentEvent[]): Run {
  const walk = new Walk(shape.names);
  for (const event of events) {
    follow(walk, event);
  }
  const { standings, taken } = walk;
  return { shape, operationId, standings, taken };
}

/** A node's state; one that nothing was said of is not reached. */
export function standingOf({ standings }: Pick<Run, 'standings'>, name: string): Standing {
  return standings.get(name) ?? { state: 'not_reached', note: null, version: 0 };
}
