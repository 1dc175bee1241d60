import { ApiError } from '../../../shared/contracts/errors.ts';

/** A position in a list of entries: the time and the id of a transfer. */
const position =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#\d\d#[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What clients see of a position: base64url, of which they make nothing. */
export function cursorOf(of: string): string {
  return Buffer.from(of).toString('base64url');
}

/**
 * The position that a cursor stands for.
 *
 * @throws ApiError `invalid_request` for a text that this list never gave out
 */
export function positionOf(cursor: string): string {
  const decoded = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!position.test(decoded) || cursorOf(decoded) !== cursor) {
    throw new ApiError('invalid_request', 'The cursor is not one of this list.', {
      errors: [{ path: '?/cursor', message: 'is not a cursor of this list' }],
    });
  }
  return decoded;
}
