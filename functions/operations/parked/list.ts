import type { ParkedResource } from '../../../shared/contracts/operations/parked.ts';
import { parkedOf } from '../../../shared/domain/payment/recovery/parked.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import { parkedOfPayout } from '../../../shared/domain/payout/parked.ts';
import type { Payout } from '../../../shared/domain/payout/state.ts';
import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import type { PayoutStore } from '../../../shared/ports/payouts/payouts.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/lists/cursor.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { paymentHistory, payoutHistory } from './history.ts';
import { waitingPayment, waitingPayout } from './render.ts';

export interface ListDependencies {
  readonly payments: Pick<PaymentStore, 'parked' | 'load' | 'events'>;
  readonly payouts: Pick<PayoutStore, 'parked' | 'load' | 'events'>;
}

/** A page of what waits for a person. */
export interface ParkedPage {
  readonly items: readonly ParkedResource[];
  readonly next: string | null;
}

/** Where a page ended: among the payments, or among the payouts, which come after all of them. */
const position =
  /^(?:payments|payouts)(?: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})?$/;

/**
 * Lists what waits for a person, of one tenant or, for operations, of all:
 * 1. payments, the longest first, then payouts; the lists of them may be a moment behind
 * 2. read each as it is now; one that waits no more is left out, so a page may have less than it may
 * 3. a payment of which more than one thing waits is one payment of the page
 */
export function parkedPage({ payments, payouts }: ListDependencies) {
  return async (query: {
    readonly tenant: string;
    readonly limit: number;
    readonly after: string | null;
  }): Promise<ParkedPage> => {
    const owner = query.tenant === operationsTenant ? null : query.tenant;
    const [kind, ...at] = (query.after ?? 'payments').split(' ');
    const after = at.length > 0 ? at.join(' ') : null;
    const items: ParkedResource[] = [];
    let left = query.limit;
    if (kind === 'payments') {
      const page = await payments.parked({ tenant: owner, limit: left, after });
      const found = await Promise.all(page.ids.map((id) => payments.load(id)));
      items.push(...(await flat(found, (payment) => ofPayment(payments, payment))));
      left -= page.ids.length;
      if (page.next !== null || left === 0) {
        return { items, next: page.next === null ? 'payouts' : `payments ${page.next}` };
      }
    }
    const page = await payouts.parked({
      tenant: owner,
      limit: left,
      after: kind === 'payouts' ? after : null,
    });
    const found = await Promise.all(page.ids.map((id) => payouts.load(id)));
    items.push(...(await flat(found, (payout) => ofPayout(payouts, payout))));
    return { items, next: page.next === null ? null : `payouts ${page.next}` };
  };
}

/** The same at the API. */
export function listParked(deps: ListDependencies) {
  const pageOf = parkedPage(deps);
  return async <B>({
    tenant,
    query,
  }: HttpRequest<
    B,
    { readonly limit: number; readonly cursor?: string | undefined }
  >): Promise<HttpResponse> => {
    const after = positionOf(query.cursor, position);
    const { items, next } = await pageOf({ tenant, limit: query.limit, after });
    return { status: 200, body: { object: 'list', data: items, next_cursor: cursorOf(next) } };
  };
}

/** What waits of a payment; who said what is read only where somebody did. */
async function ofPayment(
  { events }: Pick<PaymentStore, 'events'>,
  payment: Payment,
): Promise<ParkedResource[]> {
  const waiting = parkedOf(payment);
  const all = waiting.some(({ resolution }) => resolution) ? await events(payment.id) : [];
  return waiting.map((parked) => {
    const said = parked.resolution && paymentHistory(all, parked.operationId);
    return waitingPayment(payment, parked, said?.resolution ?? null);
  });
}

async function ofPayout(
  { events }: Pick<PayoutStore, 'events'>,
  payout: Payout,
): Promise<ParkedResource[]> {
  const parked = parkedOfPayout(payout);
  if (!parked) {
    return [];
  }
  const said = parked.resolution && payoutHistory(await events(payout.id));
  return [waitingPayout(payout, parked, said?.resolution ?? null)];
}

async function flat<T>(
  found: readonly (T | null)[],
  of: (one: T) => Promise<ParkedResource[]>,
): Promise<ParkedResource[]> {
  return (await Promise.all(found.map((one) => (one === null ? [] : of(one))))).flat();
}
