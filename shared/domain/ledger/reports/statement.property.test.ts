import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCapture, aHold, releaseOf } from '../../../../test/support/ledger/transfers.ts';
import { accountCodes } from '../accounts.ts';
import { deltasOf } from '../book.ts';
import { type Transfer, zeroCounters } from '../transfer.ts';
import { balancesAfter, balancesOf, withBalances } from './statement.ts';

const book = { tenant: 'acme', currency: 'EUR' } as const;
const nothing = balancesOf('bank', zeroCounters);

const transfersArbitrary: fc.Arbitrary<Transfer[]> = fc
  .array(fc.constantFrom('captured', 'held', 'released'), { maxLength: 8 })
  .map((payments) =>
    payments.flatMap((end, index) => {
      const hold = aHold({}, String(index));
      const ends = {
        captured: aCapture({}, String(index)),
        held: [hold],
        released: [hold, releaseOf(hold)],
      };
      return ends[end];
    }),
  );

describe('running balances', () => {
  it('are at each transfer the balances of all transfers up to it, on every account', () => {
    fc.assert(
      fc.property(transfersArbitrary, fc.constantFrom(...accountCodes), (transfers, code) => {
        const own = transfers.filter(
          ({ debitAccount, creditAccount }) => debitAccount === code || creditAccount === code,
        );
        const sums = own.map((_, index) =>
          balancesOf(code, deltasOf(book, own.slice(0, index + 1))[code] ?? zeroCounters),
        );
        const running = withBalances(code, nothing, own);
        expect(running.map(({ after }) => after)).toEqual(sums);
        expect(running.map(({ transfer }) => transfer)).toEqual(own);
      }),
    );
  });

  it('go on from where a page ended', () => {
    const opening = { postedMinor: 5n, pendingMinor: -3n };
    expect(balancesAfter('merchant_payable', opening, aHold())).toEqual({
      postedMinor: 5n,
      pendingMinor: 9_997n,
    });
    expect(balancesAfter('psp_receivable', opening, releaseOf(aHold()))).toEqual({
      postedMinor: 5n,
      pendingMinor: -10_003n,
    });
  });
});
