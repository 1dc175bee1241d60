import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { isSettled } from '../../../shared/domain/payment/state.ts';
import type { PagePaymentEvents } from '../../../shared/ports/payments.ts';
import type { ListPayments } from '../../../shared/ports/projections/payment-list.ts';

/** What an overview reads at most: about 1 MB of rows a tenant at worst, and usually a few KB. */
export const mostTenants = 20;
export const mostRows = 300;
export const mostSamples = 100;

/** A payment's events to its settlement are three or four, and a dozen after an outage. */
const mostEvents = 25;

/** As many as a page of the list can have. */
const pageSize = 100;

/** The payments of a window that were looked at. */
export interface Examined {
  /** Newest first within a tenant. */
  readonly payments: readonly PaymentResource[];
  /** From then on none is left out. */
  readonly sinceMs: number;
  readonly truncated: boolean;
}

/**
 * The payments that tenants took from one time to another. Of a tenant with more than an overview reads
 * only the newest are read, and then nobody's before these count: else a minute would have some tenants
 * in it and not the others.
 */
export async function examine(
  list: ListPayments,
  tenants: readonly string[],
  window: { readonly fromMs: number; readonly toMs: number },
): Promise<Examined> {
  const newest = await Promise.all(
    tenants.slice(0, mostTenants).map((tenant) => newestOf(list, tenant, window)),
  );
  const sinceMs = Math.max(window.fromMs, ...newest.map(({ sinceMs: since }) => since));
  return {
    payments: newest
      .flatMap(({ payments }) => payments)
      .filter(({ created }) => Date.parse(created) >= sinceMs),
    sinceMs,
    truncated: sinceMs > window.fromMs || tenants.length > mostTenants,
  };
}

async function newestOf(
  list: ListPayments,
  tenant: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<{ readonly payments: readonly PaymentResource[]; readonly sinceMs: number }> {
  const filters = {
    createdFrom: new Date(fromMs).toISOString(),
    createdTo: new Date(toMs).toISOString(),
  };
  const payments: PaymentResource[] = [];
  let after: string | null = null;
  do {
    const page = await list({ tenant, filters, limit: pageSize, after });
    payments.push(...page.payments);
    after = page.next;
  } while (after !== null && payments.length < mostRows);
  const last = payments.at(-1);
  return { payments, sinceMs: after !== null && last ? Date.parse(last.created) : fromMs };
}

/**
 * How long the latest payments took from their acceptance to their settlement, in ms. The list does not
 * say when a payment settled; its events do. One whose events are not there within a read is no sample.
 */
export async function timesToSettle(
  eventPage: PagePaymentEvents,
  payments: readonly PaymentResource[],
): Promise<readonly number[]> {
  const latest = payments
    .filter(({ status }) => isSettled(status))
    .sort((a, b) => (a.created < b.created ? 1 : -1))
    .slice(0, mostSamples);
  const times = await Promise.all(
    latest.map(async ({ id, created }) => {
      const { events } = await eventPage({ id, limit: mostEvents, after: 1 });
      const settled = events.find(({ data }) => isSettled(data.payment.status));
      return settled ? [Date.parse(settled.time) - Date.parse(created)] : [];
    }),
  );
  return times.flat();
}
