import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { hasTaken, nothingTaken, type Taken } from '../../../shared/domain/projection/taken.ts';
import type { PublishEvents } from '../../../shared/ports/messaging.ts';
import type {
  ListPaymentEvents,
  ScannedPayment,
  ScanPayments,
} from '../../../shared/ports/payments.ts';
import type { TakenEvents } from '../../../shared/ports/projections/payment-list.ts';
import { count, logger } from '../../../shared/runtime/observability.ts';

/** Events that are younger are on their way still: the relay and its consumer have them in seconds. */
const onTheWayMs = 10 * 60_000;

/** Payments that the list is asked for at a time. */
const paymentsAtATime = 100;

/** Payments of which events are published at once; those of one payment go one after the other. */
const paymentsAtOnce = 10;

/** What a run did. */
export interface Republished {
  readonly scanned: number;
  /** Payments with events that were published again. */
  readonly payments: number;
  readonly events: number;
  /** Payments of which some event could not be published. */
  readonly failed: number;
}

interface RepublishDependencies {
  readonly scan: ScanPayments;
  readonly events: ListPaymentEvents;
  readonly taken: TakenEvents;
  readonly publish: PublishEvents;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
}

/**
 * Publishes events that are in the store and never came out of it, as far as the payment list can tell,
 * which takes every event:
 * 1. go through all payments; those of which the list has each event are done
 * 2. of the others read the events: the last one younger than ten minutes leaves the payment to the relay
 * 3. publish those that the list has not, in their order, one after the other; the first that the bus
 *    does not take ends it for the payment, and not for the others
 * 4. tell of each payment and count the events, which raises an alarm: either the relay lost them, or
 *    the list gives them up, and then they come again with each run, as does the alarm
 * 5. fail at the end when some were not published, or there was no time to come to all payments
 *
 * Beside the relay, or another run, an event is published twice; a consumer takes it once.
 */
export function republish(deps: RepublishDependencies) {
  return async (isOutOfTime: () => boolean): Promise<Republished> => {
    const before = new Date(Date.parse(deps.now()) - onTheWayMs).toISOString();
    let scanned = 0;
    const ends: End[] = [];
    const sum = (): Republished => ({
      scanned,
      payments: ends.filter(({ events }) => events > 0).length,
      events: ends.reduce((all, { events }) => all + events, 0),
      failed: ends.filter(({ failed }) => failed).length,
    });
    let after: string | null = null;
    do {
      const part: Awaited<ReturnType<ScanPayments>> = await deps.scan(after);
      for (const payments of partsOf(part.payments, paymentsAtATime)) {
        if (isOutOfTime()) {
          tell(sum());
          throw new Error(`out of time after ${scanned} payments`);
        }
        const behind = await behindOf(deps.taken, payments);
        for (const some of partsOf(behind, paymentsAtOnce)) {
          ends.push(...(await Promise.all(some.map((one) => publishMissing(deps, one, before)))));
        }
        scanned += payments.length;
      }
      after = part.next;
    } while (after !== null);
    tell(sum());
    const { failed } = sum();
    if (failed > 0) {
      throw new Error(`events of ${failed} payments could not be published`);
    }
    return sum();
  };
}

/** A payment, and which of its events the list has. */
interface Behind {
  readonly payment: ScannedPayment;
  readonly taken: Taken;
}

async function behindOf(
  takenOf: TakenEvents,
  payments: readonly ScannedPayment[],
): Promise<Behind[]> {
  const known = await takenOf(payments);
  return payments.flatMap((payment) => {
    const taken = known.get(payment.id) ?? nothingTaken;
    const isWhole = taken.upTo >= payment.version;
    return isWhole ? [] : [{ payment, taken }];
  });
}

/** How many events of a payment were published, and whether there should have been more. */
interface End {
  readonly events: number;
  readonly failed: boolean;
}

async function publishMissing(
  { events, publish }: RepublishDependencies,
  { payment: { id, tenant }, taken }: Behind,
  before: string,
): Promise<End> {
  const published: number[] = [];
  const about = { tenant, payment_id: id, sequences: published };
  try {
    const all = await events(id);
    const last = all.at(-1);
    if (!last || last.time > before) {
      return { events: 0, failed: false };
    }
    for (const event of all.filter(({ sequence }) => !hasTaken(taken, sequence))) {
      await publishOne(publish, event);
      published.push(event.sequence);
    }
    logger.warn('events of a payment published again', { ...about, last_event: last.time });
    return { events: published.length, failed: false };
  } catch (error) {
    logger.error('events of a payment could not be published', {
      ...about,
      error: error as Error,
    });
    return { events: published.length, failed: true };
  }
}

async function publishOne(publish: PublishEvents, event: PaymentEvent): Promise<void> {
  const [refusal] = await publish([event]);
  if (refusal !== null) {
    throw new Error(`the bus did not take event ${event.sequence}: ${refusal}`);
  }
}

function tell(run: Republished): void {
  logger.info('events republished', { ...run });
  if (run.events > 0) {
    count('EventsRepublished', run.events);
  }
}

function partsOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  );
}
