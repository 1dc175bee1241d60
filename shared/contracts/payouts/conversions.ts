import * as z from 'zod/mini';
import { Amount, CurrencyCode, Timestamp } from '../payment.ts';

/** The body of `POST /conversions`: sells `amount` of `from`, and buys what it is worth of `to`. */
export const CreateConversion = z
  .strictObject(
    { amount: Amount, from: CurrencyCode, to: CurrencyCode },
    { error: 'must be a JSON object' },
  )
  .check(
    z.refine(({ from, to }) => from !== to, {
      path: ['to'],
      error: 'must be another currency than `from`',
    }),
  );
export type CreateConversionBody = z.infer<typeof CreateConversion>;

const Money = z.object({ amount: Amount, currency: CurrencyCode });

/** A conversion between what a merchant has available in two currencies. It never changes. */
export const Conversion = z.object({
  id: z.uuid(),
  object: z.literal('conversion'),
  sold: Money,
  bought: Money,
  /** Units of the bought currency for one unit of the sold one, as a decimal text. */
  rate: z.string(),
  /** The day that the rates are of: `2026-11-20`. */
  rates_date: z.iso.date(),
  created: Timestamp,
});
export type ConversionResource = z.infer<typeof Conversion>;
