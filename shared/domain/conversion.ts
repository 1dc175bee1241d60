import type { ConversionResource } from '../contracts/payouts/conversions.ts';
import { requestedId, transferId } from './ids.ts';
import { type PostingName, postedTransfer, type Transfer } from './ledger/transfer.ts';
import type { Currency } from './money/currency.ts';
import { convert, type ExchangeRates } from './money/exchange/exchange.ts';
import type { Money } from './money/money.ts';

/** What a merchant had available in one currency, sold for another. Made once, and never changed. */
export interface Conversion {
  readonly id: string;
  readonly tenant: string;
  readonly requestHash: string;
  readonly sold: Money;
  readonly bought: Money;
  /** Units of the bought currency for one unit of the sold one, as a decimal text. */
  readonly rate: string;
  /** The day of the rates: `2026-11-20`. */
  readonly ratesDate: string;
  readonly created: string;
}

/** The id of the conversion that `POST /conversions` makes for a tenant's idempotency key. */
export function conversionId(tenant: string, idempotencyKey: string): string {
  return requestedId(tenant, 'POST /conversions', idempotencyKey);
}

/** @throws ConversionRefused when the rates do not give anything that could be booked */
export function makeConversion(
  command: Pick<Conversion, 'id' | 'tenant' | 'requestHash' | 'sold'> & { readonly to: Currency },
  rates: ExchangeRates,
  time: string,
): Conversion {
  const { id, tenant, requestHash, sold, to } = command;
  const { bought, rate } = convert(rates, sold, to);
  return { id, tenant, requestHash, sold, bought, rate, ratesDate: rates.date, created: time };
}

/**
 * The two transfers of a conversion, one in the book of each currency. Each book stays balanced in
 * itself: what the one's `fx_clearing` has taken in and the other's has given out is our position.
 */
export function conversionPostingsOf(conversion: Conversion): Transfer[] {
  const posted = (posting: PostingName, { amountMinor, currency }: Money): Transfer =>
    postedTransfer(posting, amountMinor, transferId(conversion.id, posting), {
      tenant: conversion.tenant,
      currency,
      paymentId: null,
      operationId: conversion.id,
      time: conversion.created,
    });
  return [posted('fx_sold', conversion.sold), posted('fx_bought', conversion.bought)];
}

/** The conversion as the API shows it; field order is fixed, so that a replay is equal bytes. */
export function renderConversion(conversion: Conversion): ConversionResource {
  return {
    id: conversion.id,
    object: 'conversion',
    sold: renderMoney(conversion.sold),
    bought: renderMoney(conversion.bought),
    rate: conversion.rate,
    rates_date: conversion.ratesDate,
    created: conversion.created,
  };
}

function renderMoney({ amountMinor, currency }: Money) {
  return { amount: amountMinor, currency };
}
