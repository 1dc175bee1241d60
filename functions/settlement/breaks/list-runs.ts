import { renderRun } from '../../../shared/domain/settlement/run.ts';
import type { ReconciliationRuns } from '../../../shared/ports/settlement/reconciliation.ts';
import { cursorOf, positionOf } from '../../../shared/runtime/http/lists/cursor.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { position } from './position.ts';

interface ListRunsQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Lists the runs in which something was of the tenant, newest first. */
export function listRuns({ list }: Pick<ReconciliationRuns, 'list'>) {
  return async <B>({ tenant, query }: HttpRequest<B, ListRunsQuery>): Promise<HttpResponse> => {
    const { items, next } = await list({
      owner: tenant,
      limit: query.limit,
      after: positionOf(query.cursor, position),
    });
    return {
      status: 200,
      body: { object: 'list', data: items.map(renderRun), next_cursor: cursorOf(next) },
    };
  };
}
