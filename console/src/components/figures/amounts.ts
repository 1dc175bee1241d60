import { moneyText } from '../money.tsx';

/** An amount as the API has it: minor units of `currency`. */
export interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** Above it an act needs another operator's approval, in every stage. */
const approvalLimitMinor = 1_000_000;

/** The sum of each currency, in the order of their codes. A big integer, as a sum has no limit. */
export function sumsOf(
  amounts: readonly Amount[],
): readonly { readonly currency: string; readonly amountMinor: bigint }[] {
  const sums = new Map<string, bigint>();
  for (const { amount, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  }
  return [...sums]
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
    .sort((a, b) => a.currency.localeCompare(b.currency));
}

/** `1,025.00 EUR`, exact to the digit. */
export function amountText(amountMinor: number | bigint, currency: string): string {
  const { number, code } = moneyText(amountMinor, currency);
  return `${number} ${code}`;
}

/** True when an act on all of this needs another operator's approval. */
export function needsApproval(atRisk: readonly Amount[]): boolean {
  return sumsOf(atRisk).some(({ amountMinor }) => amountMinor > BigInt(approvalLimitMinor));
}
