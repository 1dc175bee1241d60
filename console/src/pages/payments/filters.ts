import type { ListPaymentsQuery } from '../../../../client/src/generated/types.ts';
import { type Currency, currencyExponents } from '../../../../shared/domain/money/currency.ts';
import { money, parseMoney } from '../../../../shared/domain/money/money.ts';

/** The filters of the list, each as the API calls it and as it stands in the address. */
export const filterNames = [
  'status',
  'currency',
  'merchant_reference',
  'customer',
  'amount_min',
  'amount_max',
  'created_from',
  'created_to',
] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

export const pageSize = 25;

/** What the address filters by. What it has beyond that is not the list's. */
export function filtersOf(address: URLSearchParams): Filters {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = address.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

/** What the API is asked. It says itself what of it makes no sense. */
export function queryOf(filters: Filters, cursor: string | null): ListPaymentsQuery {
  const { amount_min, amount_max, ...texts } = filters;
  return {
    ...(texts as Pick<ListPaymentsQuery, keyof typeof texts>),
    ...(amount_min ? { amount_min: Number(amount_min) } : {}),
    ...(amount_max ? { amount_max: Number(amount_max) } : {}),
    limit: pageSize,
    ...(cursor ? { cursor } : {}),
  };
}

/**
 * What is typed as an amount, in minor units for the address: `12.5` of EUR is `1250`. Without a
 * currency nobody knows the digits, and it is minor units already.
 *
 * @throws RangeError for what is no amount, with a text for whoever typed it
 */
export function amountOf(text: string, currency: string | undefined): string {
  const typed = text.trim().replaceAll(',', '');
  if (typed === '') {
    return '';
  }
  if (!isCurrency(currency)) {
    if (!/^[0-9]{1,13}$/.test(typed)) {
      throw new RangeError('Without a currency: a whole number of minor units');
    }
    return typed;
  }
  if (!/^[0-9]+(\.[0-9]+)?$/.test(typed)) {
    throw new RangeError('An amount is digits, and a point before its decimals');
  }
  return String(parseMoney(typed.replace(/^0+(?=[0-9])/, ''), currency).amountMinor);
}

/** The other way: what the address has, as one would type it. */
export function amountText(minor: string | undefined, currency: string | undefined): string {
  if (!minor || !isCurrency(currency) || !/^[0-9]{1,13}$/.test(minor)) {
    return minor ?? '';
  }
  const exponent = currencyExponents[currency];
  const digits = String(money(Number(minor), currency).amountMinor).padStart(exponent + 1, '0');
  const at = digits.length - exponent;
  return exponent === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
}

/** `2026-11-22T01:30` of an input, which is UTC here, as the API has it; and back. */
export function timeOf(input: string): string {
  return input === '' ? '' : new Date(`${input}Z`).toISOString();
}

export function timeInput(time: string | undefined): string {
  const date = new Date(time ?? '');
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 16);
}

/** The id of a payment, as it is pasted where a reference is asked for. */
export function isPaymentId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim());
}

function isCurrency(text: string | undefined): text is Currency {
  return text !== undefined && Object.hasOwn(currencyExponents, text);
}
