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
