import type {
  DeliveryMessage,
  deliveryStatuses,
  WebhookDeliveryResource,
} from '../../contracts/webhooks.ts';
import { timedId, type WebhookEvent } from './event.ts';
import { longestDelayMs, type WebhookTerms, waitAfter } from './terms.ts';

/** One try to deliver. */
export interface Attempt {
  /** 1, 2, 3, ... over the whole life of the delivery. */
  readonly number: number;
  /** RFC 3339: when it began. */
  readonly time: string;
  /** What the receiver answered; null when there was no answer. */
  readonly status: number | null;
  /** Why there was none, or why it was not sent at all; null with an answer. */
  readonly reason: string | null;
  /** Null when it was not sent. */
  readonly durationMs: number | null;
}

export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One event on its way to one endpoint: what is sent is the same bytes at each try. */
export interface Delivery {
  /** Of the endpoint, the event and the replay; its first 48 bits are the event's time. */
  readonly id: string;
  readonly tenant: string;
  readonly endpointId: string;
  readonly event: Pick<WebhookEvent, 'id' | 'type' | 'subject' | 'sequence'>;
  /** The replay that it was made for; absent: none. */
  readonly replay?: string;
  /** The event as JSON. */
  readonly body: string;
  readonly status: DeliveryStatus;
  /** How many tries there were, over its whole life. */
  readonly tries: number;
  /** How many of them were before the schedule began anew: 0 until somebody asks for a resend. */
  readonly triesBefore: number;
  /** The newest tries, oldest first. */
  readonly attempts: readonly Attempt[];
  /** RFC 3339: when the next try is due; null when there is none. */
  readonly nextAt: string | null;
  /** RFC 3339: when somebody has to see whether the next try is on its way; null when there is none. */
  readonly dueAt: string | null;
  /** RFC 3339: when its record may be deleted. */
  readonly expires: string;
  readonly created: string;
  /** 1, 2, 3, ...: one more with each change. */
  readonly version: number;
}

/** As many tries as the log of one delivery keeps: five schedules. */
const keptAttempts = 50;

/**
 * The delivery of an event to an endpoint, due at once. The same event again gives the same id, and in
 * a replay one of its own: what somebody asked to have sent again is sent again, once.
 *
 * @param replay the name of the replay that may have it sent; absent: it is none
 */
export function deliveryOf(
  event: WebhookEvent,
  { id: endpointId, tenant }: { readonly id: string; readonly tenant: string },
  {
    time,
    terms,
    replay,
  }: { readonly time: string; readonly terms: WebhookTerms; readonly replay?: string | undefined },
): Delivery {
  return {
    id: deliveryId(event, endpointId, replay),
    ...(replay !== undefined && { replay }),
    tenant,
    endpointId,
    event: { id: event.id, type: event.type, subject: event.subject, sequence: event.sequence },
    body: JSON.stringify(event),
    status: 'pending',
    tries: 0,
    triesBefore: 0,
    attempts: [],
    ...dueIn(0, time, terms),
    expires: later(time, terms.keepMs),
    created: time,
    version: 1,
  };
}

/** The id of the delivery of an event to an endpoint, and in a replay that of the replay's own. */
export function deliveryId(
  event: Pick<WebhookEvent, 'id' | 'time'>,
  endpointId: string,
  replay?: string,
): string {
  const ofReplay = replay === undefined ? [] : [replay];
  return timedId(event.time, 'webhook delivery', endpointId, event.id, ...ofReplay);
}

/** A delivery that is on record and never sent: there is nobody who could take it. */
export function unsent(delivery: Delivery): Delivery {
  return { ...delivery, status: 'abandoned', nextAt: null, dueAt: null };
}

/** True for a delivery whose next try has this number. */
export function isNextTry(delivery: Delivery | null, number: number): delivery is Delivery {
  return delivery?.status === 'pending' && delivery.tries + 1 === number;
}

/** True for 2xx alone: whoever redirects has not taken it. */
export function isTaken({ status }: Pick<Attempt, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}

/**
 * The delivery after a try of it.
 *
 * @param time when the try was over, RFC 3339
 */
export function attempted(
  before: Delivery,
  attempt: Attempt,
  { time, terms }: { readonly time: string; readonly terms: WebhookTerms },
): Delivery {
  const tried = {
    ...before,
    tries: attempt.number,
    attempts: [...before.attempts, attempt].slice(-keptAttempts),
    version: before.version + 1,
  };
  const waitMs = waitAfter(terms, attempt.number - before.triesBefore);
  if (isTaken(attempt) || waitMs === null) {
    const status = isTaken(attempt) ? 'delivered' : 'failed';
    return { ...tried, status, nextAt: null, dueAt: null };
  }
  return { ...tried, ...dueIn(waitMs, time, terms) };
}

/** The delivery whose endpoint takes nothing any more. */
export function abandoned(before: Delivery): Delivery {
  return { ...unsent(before), version: before.version + 1 };
}

/** The delivery as somebody asks for it again: due at once, with its whole schedule before it. */
export function resent(
  before: Delivery,
  at: { readonly time: string; readonly terms: WebhookTerms },
): Delivery {
  return {
    ...before,
    status: 'pending',
    triesBefore: before.tries,
    ...dueIn(0, at.time, at.terms),
    expires: later(at.time, at.terms.keepMs),
    version: before.version + 1,
  };
}

/** The delivery whose next try has just been put on its way. */
export function woken(
  before: Delivery,
  { time, terms }: { readonly time: string; readonly terms: WebhookTerms },
): Delivery {
  return { ...before, dueAt: later(time, terms.lostAfterMs), version: before.version + 1 };
}

/** The message for the next try. */
export function messageOf({ tenant, endpointId, id, tries, replay }: Delivery): DeliveryMessage {
  return {
    tenant,
    endpoint_id: endpointId,
    delivery_id: id,
    attempt: tries + 1,
    ...(replay !== undefined && { replay }),
  };
}

/** How long the message for the next try waits in the queue, in seconds; null when it cannot. */
export function delaySecondsOf({ nextAt }: Pick<Delivery, 'nextAt'>, time: string): number | null {
  if (nextAt === null) {
    return null;
  }
  const waitMs = Math.max(0, Date.parse(nextAt) - Date.parse(time));
  return waitMs > longestDelayMs ? null : Math.ceil(waitMs / 1_000);
}

/**
 * When the next try is due, and when somebody has to look after it: at the same time when no message
 * can wait so long, else when a message that there should be must be lost.
 */
function dueIn(
  waitMs: number,
  time: string,
  { lostAfterMs }: WebhookTerms,
): { readonly nextAt: string; readonly dueAt: string } {
  const nextAt = later(time, waitMs);
  return { nextAt, dueAt: waitMs > longestDelayMs ? nextAt : later(nextAt, lostAfterMs) };
}

function later(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}

/** The delivery as the API shows it: its body is the event, which has its own place in the API. */
export function renderDelivery(delivery: Delivery): WebhookDeliveryResource {
  const { id, endpointId, event, status, attempts, nextAt, created } = delivery;
  return {
    id,
    object: 'webhook_delivery',
    endpoint_id: endpointId,
    event: { ...event },
    status,
    attempts: attempts.map(({ number, time, status: answered, reason, durationMs }) => ({
      number,
      time,
      status: answered,
      reason,
      duration_ms: durationMs,
    })),
    next_attempt: nextAt,
    created,
  };
}
