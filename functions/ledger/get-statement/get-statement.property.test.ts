import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LedgerStatement, type LedgerStatementResource } from '../../../shared/contracts/ledger.ts';
import { accountId } from '../../../shared/domain/ledger/accounts.ts';
import { deltasOf } from '../../../shared/domain/ledger/book.ts';
import { balancesOf } from '../../../shared/domain/ledger/reports/statement.ts';
import {
  entryPosition,
  type Transfer,
  zeroCounters,
} from '../../../shared/domain/ledger/transfer.ts';
import { anHttpRequest } from '../../../test/support/api/requests.ts';
import { aLedgerWith } from '../../../test/support/ledger/ledgers.ts';
import { aCapture, aHold, releaseOf, timeAt } from '../../../test/support/ledger/transfers.ts';
import { getStatement } from './get-statement.ts';

const book = { tenant: 'acme', currency: 'EUR' } as const;
const hourMs = 60 * 60 * 1_000;
const codes = ['merchant_payable', 'psp_receivable', 'fee_revenue'] as const;
const dayOf = (day: number) => `2026-01-0${day}`;

/** Payments over four days, some at one time, the hold of some long before its end. */
const transfersArbitrary: fc.Arbitrary<Transfer[]> = fc
  .array(
    fc.record({
      end: fc.constantFrom('captured', 'held', 'released'),
      atHour: fc.integer({ min: 0, max: 95 }),
      laterHours: fc.integer({ min: 0, max: 48 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((payments) =>
    payments.flatMap(({ end, atHour, laterHours }, index) => {
      const hold = aHold({ time: timeAt(atHour * hourMs) }, String(index));
      const time = timeAt((atHour + laterHours) * hourMs);
      const [, captured, fee] = aCapture({ time }, String(index)) as [Transfer, Transfer, Transfer];
      return {
        captured: [hold, captured, fee],
        held: [hold],
        released: [hold, releaseOf(hold, { time })],
      }[end];
    }),
  );

describe('statements', () => {
  it('run from opening to closing in pages of any size, and each day opens as the one before closed', async () => {
    await fc.assert(
      fc.asyncProperty(
        transfersArbitrary,
        fc.constantFrom(...codes),
        fc.integer({ min: 1, max: 7 }),
        async (transfers, code, limit) => {
          const { ledger, books } = await aLedgerWith(transfers);
          const handle = getStatement({
            read: books.read,
            days: books.days,
            entries: ledger.listEntriesOfDays,
            now: () => new Date(timeAt(0)),
          });
          const page = async (query: {
            from: string;
            to: string;
            limit: number;
            cursor?: string;
          }) => {
            const path = { account_id: accountId(code, 'EUR') };
            const { body } = await handle(anHttpRequest({ path, query }));
            return LedgerStatement.parse(body);
          };
          const worth = (isIncluded: (transfer: Transfer) => boolean) => {
            const counters = deltasOf(book, transfers.filter(isIncluded))[code] ?? zeroCounters;
            const { postedMinor, pendingMinor } = balancesOf(code, counters);
            return { posted: postedMinor, pending: pendingMinor };
          };
          let closedBefore = { posted: 0n, pending: 0n };
          for (const [from, to] of [
            [1, 1],
            [2, 3],
            [4, 4],
            [5, 9],
          ] as const) {
            const period = { from: dayOf(from), to: dayOf(to) };
            const pages: LedgerStatementResource[] = [await page({ ...period, limit })];
            for (let next = pages[0]?.next_cursor; next; next = pages.at(-1)?.next_cursor) {
              pages.push(await page({ ...period, limit, cursor: next }));
            }
            const entries = pages.flatMap(({ data }) => data);
            const own = transfers
              .filter(({ debitAccount, creditAccount }) =>
                [debitAccount, creditAccount].includes(code),
              )
              .filter(({ time }) => period.from <= time && time <= `${period.to}T23:59:59.999Z`)
              .sort((a, b) => (entryPosition(a) < entryPosition(b) ? -1 : 1));
            expect(entries.map(({ transfer_id }) => transfer_id)).toEqual(own.map(({ id }) => id));
            expect(entries.map(({ balance, pending }) => ({ posted: balance, pending }))).toEqual(
              own.map((last) => worth((other) => entryPosition(other) <= entryPosition(last))),
            );
            for (const { opening, closing } of pages) {
              expect(opening).toEqual(closedBefore);
              expect(closing).toEqual(worth(({ time }) => time <= `${period.to}T23:59:59.999Z`));
            }
            closedBefore = pages[0]?.closing ?? closedBefore;
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
