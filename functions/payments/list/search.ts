import type { PaymentSearchQuery } from '../../../shared/contracts/endpoints/payments/payment-search.ts';
import { ApiError, type ApiErrorDetail } from '../../../shared/contracts/errors.ts';
import { fingerprintOf, type PaymentFilters } from '../../../shared/domain/search/filters.ts';
import { positionOf } from '../../../shared/runtime/http/lists/cursor.ts';

/** A position, and the search that it is of; none for the list without filters. */
const form = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z#[0-9a-f-]{36}(?:~[0-9a-f]{16})?$/;

/**
 * The filters of a query.
 *
 * @throws ApiError `invalid_request` for a range that ends before it begins
 */
export function filtersOf(query: PaymentSearchQuery): PaymentFilters {
  const { amount_min: amountMin, amount_max: amountMax } = query;
  const { created_from: createdFrom, created_to: createdTo } = query;
  const errors: ApiErrorDetail[] = [];
  if (amountMin !== undefined && amountMax !== undefined && amountMin > amountMax) {
    errors.push({ path: '?/amount_min', message: 'must not be more than amount_max' });
  }
  if (createdFrom !== undefined && createdTo !== undefined && createdFrom > createdTo) {
    errors.push({ path: '?/created_from', message: 'must not be after created_to' });
  }
  if (errors.length > 0) {
    throw new ApiError('invalid_request', 'A range ends before it begins.', { errors });
  }
  const { status, merchant_reference: merchantReference, customer, currency } = query;
  return {
    status,
    merchantReference,
    customer,
    currency,
    amountMin,
    amountMax,
    createdFrom,
    createdTo,
  };
}

/** A position in a search, for its cursor. */
export function boundPosition(position: string | null, filters: PaymentFilters): string | null {
  const fingerprint = fingerprintOf(filters);
  return position === null || fingerprint === '' ? position : `${position}~${fingerprint}`;
}

/**
 * The position that a cursor stands for; null without one.
 *
 * @throws ApiError `invalid_request` for the cursor of another list or search
 */
export function searchPosition(cursor: string | undefined, filters: PaymentFilters): string | null {
  const [position = null, fingerprint = ''] = positionOf(cursor, form)?.split('~') ?? [];
  if (position !== null && fingerprint !== fingerprintOf(filters)) {
    throw new ApiError('invalid_request', 'The cursor is of a search with other filters.', {
      errors: [{ path: '?/cursor', message: 'is of a search with other filters' }],
    });
  }
  return position;
}
