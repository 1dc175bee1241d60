import { ApiError } from '../../../contracts/errors.ts';

/** Some UTC days, the first and the last among them, such as `2026-11-21`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const maxDays = 366;
const dayMs = 24 * 60 * 60 * 1_000;

/**
 * The period that a query asks for. `to` is today when it is absent, `from` the first of the month
 * of `to`.
 *
 * @throws ApiError `invalid_request` for one that ends before it begins, or of more than 366 days
 */
export function periodOf(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): Period {
  const to = query.to ?? now.toISOString().slice(0, 10);
  const from = query.from ?? `${to.slice(0, 8)}01`;
  if (from > to) {
    throw invalidFrom('must not be after the day in to');
  }
  if ((Date.parse(to) - Date.parse(from)) / dayMs + 1 > maxDays) {
    throw invalidFrom(`must be at most ${maxDays} days, the one in to among them, before its end`);
  }
  return { from, to };
}

function invalidFrom(message: string): ApiError {
  return new ApiError('invalid_request', 'There is no report of this period.', {
    errors: [{ path: '?/from', message }],
  });
}
