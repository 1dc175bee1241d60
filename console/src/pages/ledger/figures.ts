import type { BalanceReport, LedgerAccount, TrialBalance } from '../../../../client/src/index.ts';
import { amountText } from '../../components/figures/amounts.ts';

export const accountNames: Readonly<Record<LedgerAccount['code'], string>> = {
  psp_receivable: 'Owed by the PSP',
  merchant_payable: 'Owed to the merchant, not settled',
  fee_revenue: 'Fees earned',
  refunds_in_transit: 'Refunds under way',
  bank: 'At the bank',
  psp_fees: 'Fees of PSPs',
  merchant_available: 'Available to the merchant',
  payout_in_transit: 'Payouts under way',
  fx_clearing: 'Currency clearing',
  merchant_debt: 'Owed by the merchant',
};

/** The name of an account by its id, `bank.EUR`; the id itself when it is none of the chart. */
export function accountName(id: string): string {
  const code = id.split('.')[0] ?? '';
  return Object.hasOwn(accountNames, code) ? accountNames[code as LedgerAccount['code']] : id;
}

type Sums = TrialBalance['currencies'][number];

/** Whether the books of a currency agree, in words. */
export function trialBalanceText({ currency, difference }: Pick<Sums, 'currency' | 'difference'>): {
  readonly isBalanced: boolean;
  readonly text: string;
} {
  return difference === 0
    ? { isBalanced: true, text: 'balanced' }
    : {
        isBalanced: false,
        text: `differs by ${amountText(difference, currency)}: debits are ${
          difference > 0 ? 'more' : 'less'
        } than credits`,
      };
}

/** What is held beside the balance of an account, on its normal side. */
export function pendingOf({
  normal_side,
  debits_pending,
  credits_pending,
}: Pick<LedgerAccount, 'normal_side' | 'debits_pending' | 'credits_pending'>): number {
  const net = debits_pending - credits_pending;
  return normal_side === 'debit' ? net : 0 - net;
}

/** Accounts by their currency, in the order of the codes; each in the order that the API has. */
export function byCurrency<T extends { readonly currency: string }>(
  accounts: readonly T[],
): readonly { readonly currency: string; readonly accounts: readonly T[] }[] {
  const codes = [...new Set(accounts.map(({ currency }) => currency))].sort();
  return codes.map((currency) => ({
    currency,
    accounts: accounts.filter((account) => account.currency === currency),
  }));
}

/** The accounts of a balance report, as lines of a chart. */
const balanceSeries = [
  { name: 'merchant_payable', color: 'blue.6' },
  { name: 'merchant_available', color: 'teal.6' },
  { name: 'refunds_in_transit', color: 'orange.6' },
  { name: 'payout_in_transit', color: 'grape.6' },
  { name: 'merchant_debt', color: 'red.6' },
] as const;

/** The series of which a day of the report has anything; all others would be lines at zero. */
export function seriesOf({ data }: Pick<BalanceReport, 'data'>) {
  return balanceSeries.filter(({ name }) => data.some((day) => day[name].posted !== 0));
}

/** A row of the chart for each day: the posted balance of each account, in minor units. */
export function balancePoints({
  data,
}: Pick<BalanceReport, 'data'>): readonly Readonly<Record<string, string | number>>[] {
  return data.map((day) => ({
    day: day.day,
    ...Object.fromEntries(balanceSeries.map(({ name }) => [name, day[name].posted])),
  }));
}

export const periods = ['7 days', '30 days', '90 days', '366 days'] as const;
export type Period = (typeof periods)[number];

/** The UTC days from and to, both among it, of a period that ends at a time. */
export function periodOf(
  period: Period,
  now: Date,
): { readonly from: string; readonly to: string } {
  const from = new Date(now);
  from.setUTCDate(from.getUTCDate() - (Number.parseInt(period, 10) - 1));
  return { from: dayOf(from), to: dayOf(now) };
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
