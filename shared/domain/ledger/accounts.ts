import { type Currency, currencyExponents } from '../money.ts';

/**
 * The chart of accounts of a book (one tenant, one currency). `normal` is the side on which the
 * account's balance grows: assets and expenses grow by debits, liabilities and income by credits.
 * Source of the rows: docs/architecture.md, "Ledger".
 */
export const chartOfAccounts = {
  /** What the PSP owes us for captured payments. */
  psp_receivable: { normal: 'debit' },
  /** What we owe the merchant. */
  merchant_payable: { normal: 'credit' },
  /** What we earned. */
  fee_revenue: { normal: 'credit' },
} as const satisfies Record<string, { normal: 'debit' | 'credit' }>;

export type AccountCode = keyof typeof chartOfAccounts;

export const accountCodes = Object.keys(chartOfAccounts) as [AccountCode, ...AccountCode[]];

/** True for a code of the chart. */
export function isAccountCode(code: string): code is AccountCode {
  return Object.hasOwn(chartOfAccounts, code);
}

/** An account of a tenant, as the API names it: `merchant_payable.EUR`. */
export function accountId(code: AccountCode, currency: Currency): string {
  return `${code}.${currency}`;
}

/** The account that an id names; null for anything that is not the id of an account of the chart. */
export function parseAccountId(
  id: string,
): { readonly code: AccountCode; readonly currency: Currency } | null {
  const [code = '', currency = '', ...rest] = id.split('.');
  return rest.length === 0 && isAccountCode(code) && Object.hasOwn(currencyExponents, currency)
    ? { code, currency: currency as Currency }
    : null;
}
