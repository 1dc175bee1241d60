import { ourId } from '../../../shared/contracts/endpoints/path.ts';
import { ApiError } from '../../../shared/contracts/errors.ts';
import { type Break, mayRead } from '../../../shared/domain/settlement/break.ts';
import type { Breaks } from '../../../shared/ports/settlement/reconciliation.ts';
import type { HttpRequest } from '../../../shared/runtime/http/request.ts';

/**
 * The break that the path names.
 *
 * @throws ApiError `not_found` for none, and to the letter the same for another tenant's
 */
export async function findBreak(
  get: Breaks['get'],
  { tenant, path }: Pick<HttpRequest, 'tenant' | 'path'>,
): Promise<Break> {
  const id = path.break_id ?? '';
  const isId = ourId.test(id);
  const found = isId ? await get(id) : null;
  if (!found || !mayRead(tenant, found)) {
    throw new ApiError('not_found', 'There is no break with this id.');
  }
  return found;
}
