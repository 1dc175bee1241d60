import type { PaymentSearchQuery } from '../../../shared/contracts/endpoints/payments/payment-search.ts';
import type { PaymentResource } from '../../../shared/contracts/payment.ts';
import { matches, positionOf } from '../../../shared/domain/search/filters.ts';
import {
  type PageQuery,
  type PaymentPage,
  withPayment,
} from '../../../shared/domain/search/page.ts';
import { planOf } from '../../../shared/domain/search/plan.ts';
import type { FindByReference, LoadPayment } from '../../../shared/ports/payments.ts';
import type { FindListed, ListPayments } from '../../../shared/ports/projections/payment-list.ts';
import { cursorOf } from '../../../shared/runtime/http/lists/cursor.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { boundPosition, filtersOf, searchPosition } from './search.ts';
import { awaitListed, type WaitingDependencies } from './wait.ts';

export interface ListDependencies extends WaitingDependencies {
  readonly list: ListPayments;
  readonly find: FindListed;
  readonly load: LoadPayment;
  readonly byReference: FindByReference;
}

/**
 * Reads a page of the tenant's payments from the read model, newest first:
 * 1. take the filters, and the position of the cursor, which must be one of these filters
 * 2. with `min_version`, wait until the list has that payment as it then is
 * 3. read the page by the narrowest index; at most one payment has a merchant reference
 * 4. what was waited for is in the page as the list has it, whatever an index knows of it
 */
export function listPayments(deps: ListDependencies) {
  return async <B>({
    tenant,
    query,
  }: HttpRequest<B, PaymentSearchQuery>): Promise<HttpResponse> => {
    const filters = filtersOf(query);
    const asked = { filters, limit: query.limit, after: searchPosition(query.cursor, filters) };
    const awaited = query.min_version ? await awaitListed(deps, tenant, query.min_version) : null;
    const page = await pageOf(deps, tenant, asked);
    const { payments, next } = awaited ? withPayment(page, awaited, asked) : page;
    return {
      status: 200,
      body: {
        object: 'list',
        data: payments,
        next_cursor: cursorOf(boundPosition(next, filters)),
      },
    };
  };
}

async function pageOf(
  deps: ListDependencies,
  tenant: string,
  asked: PageQuery,
): Promise<PaymentPage> {
  if (planOf(asked.filters).index !== 'by_reference') {
    return deps.list({ tenant, ...asked });
  }
  const payment = await referenced(deps, tenant, asked.filters.merchantReference ?? '');
  const isAsked =
    payment !== null &&
    matches(asked.filters, payment) &&
    (asked.after === null || positionOf(payment) < asked.after);
  return { payments: isAsked ? [payment] : [], next: null };
}

/** The payment with a reference, as the list has it; null while it has not come there. */
async function referenced(
  { byReference, load, find }: ListDependencies,
  tenant: string,
  reference: string,
): Promise<PaymentResource | null> {
  const id = await byReference(tenant, reference);
  const payment = id === null ? null : await load(id);
  return payment && find(payment);
}
