import type { ListPayouts } from '../../../shared/ports/payouts/payouts.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/lists/cursor.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';

interface ListPayoutsQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const position = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z#[0-9a-f-]{36}$/;

/** Reads a page of the tenant's payouts, newest first. */
export function listPayouts(list: ListPayouts) {
  return async <B>({ tenant, query }: HttpRequest<B, ListPayoutsQuery>): Promise<HttpResponse> => {
    const { payouts, next } = await list({
      tenant,
      limit: query.limit,
      after: positionOf(query.cursor, position),
    });
    return { status: 200, body: { object: 'list', data: payouts, next_cursor: cursorOf(next) } };
  };
}
