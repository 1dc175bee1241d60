import type { PaymentStatus } from '../../../shared/domain/payment/state.ts';
import type { ListPayments } from '../../../shared/ports/payment-list.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/cursor.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

export interface ListPaymentsQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly status?: PaymentStatus | undefined;
}

const position = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z#[0-9a-f-]{36}$/;

/** Reads a page of the tenant's payments from the read model, newest first. */
export function listPayments(list: ListPayments) {
  return async <B>({ tenant, query }: HttpRequest<B, ListPaymentsQuery>): Promise<HttpResponse> => {
    const { payments, next } = await list({
      tenant,
      limit: query.limit,
      after: positionOf(query.cursor, position),
      ...(query.status ? { status: query.status } : {}),
    });
    return { status: 200, body: { object: 'list', data: payments, next_cursor: cursorOf(next) } };
  };
}
