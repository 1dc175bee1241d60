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

/**
 * An integer that comes as the text of a query: in digits, without a zero before them. Its bounds are
 * those of an integer, so that the documents can say them.
 */
export function integerText(from: number, to: number, message: { readonly error: string }) {
  return z.pipe(
    z.pipe(
      z.string(message).check(z.regex(/^(?:0|[1-9][0-9]{0,14})$/, message)),
      z.transform(Number),
    ),
    z.int(message).check(z.gte(from, message), z.lte(to, message)),
  );
}

/** At most so much of a list comes in a page: 1 to 100, 20 when absent. */
export const Limit = z._default(integerText(1, 100, aLimit), 20);

/** The same of a history: 100 when absent, so that all of nearly each comes at once. */
export const HistoryLimit = z._default(integerText(1, 100, aLimit), 100);

const aVersion = { error: 'must be one version: an integer from 1 on' };
const Version = z.optional(integerText(1, 9_999_999, aVersion));

/** Which version of a payment or a payout: as one left it, or the present one if it has come so far. */
export const WhichVersion = z.strictObject({ at_version: Version, min_version: Version }).check(
  z.refine((given) => given.at_version === undefined || given.min_version === undefined, {
    error: 'cannot be given beside at_version',
    path: ['min_version'],
  }),
);

const aCursor = { error: 'is not a cursor of this list' };
export const Cursor = z.optional(
  z.string(aCursor).check(z.regex(/^[A-Za-z0-9_-]{1,512}$/, aCursor)),
);

const aDay = { error: 'must be one day, such as 2026-11-21' };

/** A UTC day in a query. */
export const Day = z.optional(z.iso.date(aDay));

/** An endpoint that takes no query parameters. */
export const NoQuery = z.strictObject({});
