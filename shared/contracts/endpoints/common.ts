import * as z from 'zod/mini';

/** A page of a list; `next_cursor` is opaque, and null at the end. */
export function listOf<Item extends z.ZodMiniType>(item: Item) {
  return z.object({
    object: z.literal('list'),
    data: z.array(item),
    next_cursor: z.nullable(z.string()),
  });
}

const aLimit = { error: 'must be one integer from 1 to 100' };

/** `limit` comes as text in a query: 1 to 100, 20 when absent. */
export const Limit = z._default(
  z.pipe(z.string(aLimit).check(z.regex(/^(?:[1-9][0-9]?|100)$/, aLimit)), z.transform(Number)),
  20,
);

const aCursor = { error: 'is not a cursor of this list' };
export const Cursor = z.optional(
  z.string(aCursor).check(z.regex(/^[A-Za-z0-9_-]{1,512}$/, aCursor)),
);

/** An endpoint that takes no query parameters. */
export const NoQuery = z.strictObject({});
