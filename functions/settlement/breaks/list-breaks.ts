import type { BreakStatus } from '../../../shared/contracts/settlement/reconciliation.ts';
import { renderBreak } from '../../../shared/domain/settlement/break.ts';
import type { Breaks } from '../../../shared/ports/settlement/reconciliation.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/lists/cursor.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { findBreak } from './find-break.ts';
import { position } from './position.ts';

interface ListBreaksQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly status?: BreakStatus | undefined;
}

/** Lists the breaks that the tenant may see, newest first. */
export function listBreaks({ list }: Pick<Breaks, 'list'>) {
  return async <B>({ tenant, query }: HttpRequest<B, ListBreaksQuery>): Promise<HttpResponse> => {
    const { items, next } = await list({
      owner: tenant,
      limit: query.limit,
      after: positionOf(query.cursor, position),
      ...(query.status ? { status: query.status } : {}),
    });
    return {
      status: 200,
      body: { object: 'list', data: items.map(renderBreak), next_cursor: cursorOf(next) },
    };
  };
}

/** Reads one break, strongly consistent. */
export function getBreak({ get }: Pick<Breaks, 'get'>) {
  return async <B, Q>(request: HttpRequest<B, Q>): Promise<HttpResponse> => ({
    status: 200,
    body: renderBreak(await findBreak(get, request)),
  });
}
