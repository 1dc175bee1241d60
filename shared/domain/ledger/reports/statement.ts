import { type AccountCode, chartOfAccounts } from '../accounts.ts';
import { balanceOf } from '../book.ts';
import { type Counters, effectOf, type Transfer } from '../transfer.ts';

/** What an account is worth: posted, and what is pending beside it, both on its normal side. */
export interface Balances {
  readonly postedMinor: bigint;
  readonly pendingMinor: bigint;
}

/** The balances of an account by its counters. */
export function balancesOf(code: AccountCode, counters: Counters): Balances {
  const { debitsPending, creditsPending } = counters;
  return {
    postedMinor: balanceOf(code, counters),
    pendingMinor: balanceOf(code, {
      ...counters,
      debitsPosted: debitsPending,
      creditsPosted: creditsPending,
    }),
  };
}

/** The balances of an account after one more transfer that debits or credits it. */
export function balancesAfter(code: AccountCode, before: Balances, transfer: Transfer): Balances {
  const side = transfer.debitAccount === code ? 'debit' : 'credit';
  const sign = side === chartOfAccounts[code].normal ? 1n : -1n;
  const { pending, posted } = effectOf(transfer);
  return {
    postedMinor: before.postedMinor + sign * posted,
    pendingMinor: before.pendingMinor + sign * pending,
  };
}

/** Each of an account's transfers, oldest first, with the balances after it. */
export function withBalances(
  code: AccountCode,
  opening: Balances,
  transfers: readonly Transfer[],
): { readonly transfer: Transfer; readonly after: Balances }[] {
  let balances = opening;
  return transfers.map((transfer) => {
    balances = balancesAfter(code, balances, transfer);
    return { transfer, after: balances };
  });
}
