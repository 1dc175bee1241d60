import { type Currency, currencyExponents } from '../money/currency.ts';

/** A rule of an account that no transfer may break, whoever asks for it and however many at once. */
export const accountLimits = [
  'debits_must_not_exceed_credits',
  'credits_must_not_exceed_debits',
] as const;
export type AccountLimit = (typeof accountLimits)[number];

interface AccountRow {
  /** The side on which the balance grows: assets and expenses by debits, liabilities and income by credits. */
  readonly normal: 'debit' | 'credit';
  /**
   * A limited account has a balance that each transfer's own transaction changes, with the limit as
   * its condition. The others are open: many transfers at once cannot get into each other's way.
   */
  readonly limit?: AccountLimit;
}

/**
 * The chart of accounts of a book (one tenant, one currency). An account is there from its first
 * transfer on. Source of the rows: docs/architecture.md, "Ledger".
 */
export const chartOfAccounts = {
  /** What the PSP owes us for captured payments. */
  psp_receivable: { normal: 'debit' },
  /** What we owe the merchant: captured, less fees, refunds and chargebacks. */
  merchant_payable: { normal: 'credit' },
  /** What we earned. */
  fee_revenue: { normal: 'credit' },
  /** Refunds that the PSP has not confirmed yet. */
  refunds_in_transit: { normal: 'credit' },
  /** Our money at the bank. */
  bank: { normal: 'debit' },
  /** What PSPs kept of settlements. */
  psp_fees: { normal: 'debit' },
  /** What we owe the merchant and the PSP has settled: what a payout may take, and never more. */
  merchant_available: { normal: 'credit', limit: 'debits_must_not_exceed_credits' },
  /** Payouts that the bank has not confirmed yet. */
  payout_in_transit: { normal: 'credit' },
  /** Between two currencies: what was sold of one, and bought of the other. */
  fx_clearing: { normal: 'credit' },
  /** What a merchant owes us, as it was paid out before it was taken back: never less than nothing. */
  merchant_debt: { normal: 'debit', limit: 'credits_must_not_exceed_debits' },
} as const satisfies Record<string, AccountRow>;

export type AccountCode = keyof typeof chartOfAccounts;

export const accountCodes = Object.keys(chartOfAccounts) as [AccountCode, ...AccountCode[]];

/** True for a code of the chart. */
export function isAccountCode(code: string): code is AccountCode {
  return Object.hasOwn(chartOfAccounts, code);
}

/** The limit of an account; null for an open one. */
export function limitOf(code: AccountCode): AccountLimit | null {
  const row: AccountRow = chartOfAccounts[code];
  return row.limit ?? null;
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
