import { ApiError } from '../../../contracts/errors.ts';

/** Hides a position in a list, so that nobody builds on its form. */
export function cursorOf(position: string | null): string | null {
  return position === null ? null : Buffer.from(position).toString('base64url');
}

/**
 * The position that a cursor stands for; null without one.
 *
 * @throws ApiError `invalid_request` when it has not the form of this list's positions
 */
export function positionOf(cursor: string | undefined, form: RegExp): string | null {
  if (cursor === undefined) {
    return null;
  }
  const position = Buffer.from(cursor, 'base64url').toString();
  if (!form.test(position)) {
    throw new ApiError('invalid_request', 'The cursor is not one of this list.', {
      errors: [{ path: '?/cursor', message: 'is not a cursor of this list' }],
    });
  }
  return position;
}
