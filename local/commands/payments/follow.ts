import { setTimeout as delay } from 'node:timers/promises';
import type {
  ListPaymentsQuery,
  Payment,
  PaymentEvent,
  Paysaga,
} from '../../../client/src/index.ts';
import { amountOf, currencyOf } from '../api/amounts.ts';
import { apiOf } from '../api/caller.ts';
import { print } from '../api/print.ts';
import { eventLine, paymentLine } from '../api/text.ts';

export interface ListRequest {
  readonly status: string | undefined;
  readonly currency: string | undefined;
  readonly reference: string | undefined;
  readonly customer: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly least: string | undefined;
  readonly most: number;
  readonly tenant: string | undefined;
  readonly json: boolean;
}

export interface WatchRequest {
  /** Undefined: all payments of the tenant that come. */
  readonly id: string | undefined;
  readonly seconds: number;
  readonly tenant: string | undefined;
  readonly json: boolean;
}

type Api = Pick<Paysaga, 'payments'>;

/** The newest payments that match. */
export async function listCommand(request: ListRequest): Promise<number> {
  const query = queryOf(request);
  const { payments } = await apiOf(request.tenant);
  const found = await payments.list(query, { most: request.most }).toArray();
  const none = ['No payment matches.'];
  print(request, { payments: found }, found.length === 0 ? none : found.map(paymentLine));
  return 0;
}

function queryOf(request: ListRequest): ListPaymentsQuery {
  const currency = request.currency === undefined ? undefined : currencyOf(request.currency);
  const given = {
    status: request.status as ListPaymentsQuery['status'],
    currency: currency as ListPaymentsQuery['currency'],
    merchant_reference: request.reference,
    customer: request.customer,
    created_from: request.from,
    created_to: request.to,
    amount_min:
      request.least === undefined || currency === undefined
        ? undefined
        : amountOf(request.least, currency),
    limit: Math.min(100, request.most),
  };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as ListPaymentsQuery;
}

const everyMs = 1_000;

/** What a watch needs besides the API. */
export interface Watching {
  readonly say: (line: string) => void;
  readonly pause: () => Promise<void>;
  /** Tells whether its time is over. */
  readonly isOver: () => boolean;
}

/**
 * Prints what happens as it happens: the events of one payment until it has settled, or the payments of
 * the tenant as they come and change. With --json each is a document in a line of its own.
 *
 * @returns 1 when the payment failed, or had not settled when the time was over
 */
export async function watchCommand(request: WatchRequest): Promise<number> {
  const api = await apiOf(request.tenant);
  const end = Date.now() + request.seconds * 1_000;
  const watching: Watching = {
    say: (line) => console.log(line),
    pause: () => delay(everyMs),
    isOver: () => Date.now() >= end,
  };
  return request.id === undefined
    ? watchAll(api, request, watching)
    : watchOne(api, { ...request, id: request.id }, watching);
}

export async function watchOne(
  { payments }: Api,
  { id, json }: { readonly id: string; readonly json: boolean },
  { say, pause, isOver }: Watching,
): Promise<number> {
  let seen = 0;
  for (;;) {
    // Read first: what is in the list then is no later than what it says.
    const payment = await payments.get(id);
    for await (const event of payments.events(id)) {
      if (event.sequence > seen) {
        seen = event.sequence;
        say(json ? JSON.stringify(event) : eventLine(event as PaymentEvent));
      }
    }
    if (payment.status !== 'processing') {
      say(json ? JSON.stringify(payment) : paymentLine(payment));
      return payment.status === 'failed' ? 1 : 0;
    }
    if (isOver()) {
      return 1;
    }
    await pause();
  }
}

/** As many as are looked at each time: of a tenant that has more in a second, some are not seen. */
const lookedAt = 100;

export async function watchAll(
  { payments }: Api,
  { json }: { readonly json: boolean },
  { say, pause, isOver }: Watching,
): Promise<number> {
  const newest = () =>
    payments.list({ limit: lookedAt }, { most: lookedAt }).toArray() as Promise<Payment[]>;
  const seen = new Map((await newest()).map(({ id, version }) => [id, version]));
  while (!isOver()) {
    await pause();
    for (const payment of (await newest()).reverse()) {
      if (seen.get(payment.id) !== payment.version) {
        seen.set(payment.id, payment.version);
        say(json ? JSON.stringify(payment) : paymentLine(payment));
      }
    }
  }
  return 0;
}
