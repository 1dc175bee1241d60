import type { DayBalancesResource } from '../../contracts/reports.ts';
import type { AccountCode } from '../ledger/accounts.ts';
import { addDeltas, type BookDeltas } from '../ledger/book.ts';
import { balancesOf } from '../ledger/reports/statement.ts';
import { zeroCounters } from '../ledger/transfer.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** The UTC days from one to another, both among them; none when the first is after the last. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let atMs = Date.parse(from); atMs <= Date.parse(to); atMs += dayMs) {
    days.push(new Date(atMs).toISOString().slice(0, 10));
  }
  return days;
}

/**
 * The balances at the end of each of some days: the sums of what the transfers of the days up to it
 * added. A day without any ends as the one before it did.
 *
 * @param added what each day's transfers add to the accounts, in order, from the first day of the book
 */
export function balancesByDay(
  days: readonly string[],
  added: readonly { readonly day: string; readonly accounts: BookDeltas }[],
): DayBalancesResource[] {
  let sums: BookDeltas = {};
  let next = 0;
  return days.map((day) => {
    for (let one = added[next]; one && one.day <= day; one = added[++next]) {
      sums = addDeltas(sums, one.accounts);
    }
    return render(day, sums);
  });
}

function render(day: string, sums: BookDeltas): DayBalancesResource {
  const balances = (code: AccountCode) => {
    const { postedMinor, pendingMinor } = balancesOf(code, sums[code] ?? zeroCounters);
    return { posted: postedMinor, pending: pendingMinor };
  };
  return {
    object: 'daily_balances',
    day,
    merchant_payable: balances('merchant_payable'),
    merchant_available: balances('merchant_available'),
    merchant_debt: balances('merchant_debt'),
    refunds_in_transit: balances('refunds_in_transit'),
    payout_in_transit: balances('payout_in_transit'),
  };
}
