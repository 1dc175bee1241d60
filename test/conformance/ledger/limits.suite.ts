import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deltasOf } from '../../../shared/domain/ledger/book.ts';
import { availableOf } from '../../../shared/domain/ledger/limits.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { postings, zeroCounters } from '../../../shared/domain/ledger/transfer.ts';
import type { ReadLimited, WriteTransfers } from '../../../shared/ports/ledger.ts';
import {
  aTransfer,
  captureOf,
  aCredit as credit,
  aPayout as payout,
  releaseOf,
} from '../../support/ledger/transfers.ts';

interface Limits {
  readonly write: WriteTransfers;
  readonly readLimited: ReadLimited;
}

const aCredit = (tenant: string, amountMinor: number, key: string) =>
  credit({ tenant, amountMinor }, key);
const aDebit = (tenant: string, amountMinor: number, key: string) =>
  payout({ tenant, amountMinor }, key);
const aDebitHold = (tenant: string, amountMinor: number, key: string): Transfer => ({
  ...aDebit(tenant, amountMinor, `hold ${key}`),
  kind: 'pending',
});

const aPosting = (posting: 'owed' | 'debt_paid') => {
  const { debit, credit } = postings[posting];
  return (tenant: string, amountMinor: number, key: string) =>
    aTransfer(
      { posting, debitAccount: debit, creditAccount: credit, tenant, amountMinor },
      `${posting} ${tenant} ${key}`,
    );
};
const owed = aPosting('owed');
const debtPaid = aPosting('debt_paid');

/** What every adapter that writes transfers has to do with limited accounts. */
export function limitsConform(ledger: () => Limits, numRuns: number): void {
  const write = (...transfers: readonly Transfer[]) => ledger().write(transfers);
  const read = (tenant: string) => ledger().readLimited(tenant, 'EUR', 'merchant_available');
  const available = async (tenant: string) => (await read(tenant)).availableMinor;

  it('have nothing available before their first transfer', async () => {
    expect(await read('untouched')).toEqual({
      tenant: 'untouched',
      currency: 'EUR',
      code: 'merchant_available',
      counters: zeroCounters,
      availableMinor: 0n,
    });
    expect(await write(aDebit('untouched', 1, 'a'))).toBe('insufficient_funds');
    expect(await available('untouched')).toBe(0n);
  });

  it('give all that was credited, and not one minor unit more', async () => {
    expect(await write(aCredit('all', 100, 'a'))).toBe('written');
    expect(await write(aDebit('all', 101, 'too much'))).toBe('insufficient_funds');
    expect(await write(aDebit('all', 60, 'a'))).toBe('written');
    expect(await write(aDebit('all', 41, 'too much'))).toBe('insufficient_funds');
    expect(await write(aDebit('all', 40, 'b'))).toBe('written');
    expect(await read('all')).toMatchObject({
      counters: { ...zeroCounters, creditsPosted: 100n, debitsPosted: 100n },
      availableMinor: 0n,
    });
  });

  it('are apart for each tenant and each currency', async () => {
    expect(await write(aCredit('apart', 100, 'a'))).toBe('written');
    expect(await write(aDebit('apart2', 1, 'a'))).toBe('insufficient_funds');
    const dollars = { ...aDebit('apart', 1, 'usd'), currency: 'USD' } as const;
    expect(await write(dollars)).toBe('insufficient_funds');
    expect(await available('apart')).toBe(100n);
  });

  it('count a pending debit as taken, and give back what of it is released', async () => {
    expect(await write(aCredit('pending', 100, 'a'))).toBe('written');
    const [one, two, three] = ['1', '2', '3'].map((key) => aDebitHold('pending', 30, key)) as [
      Transfer,
      Transfer,
      Transfer,
    ];
    for (const hold of [one, two, three]) {
      expect(await write(hold)).toBe('written');
    }
    expect(await write(aDebitHold('pending', 11, '4'))).toBe('insufficient_funds');
    expect(await write(captureOf(one, { amountMinor: 10 }))).toBe('written');
    expect(await available('pending')).toBe(30n);
    expect(await write(releaseOf(two))).toBe('written');
    expect(await available('pending')).toBe(60n);
    expect(await write(captureOf(three))).toBe('written');
    expect(await read('pending')).toMatchObject({
      counters: { ...zeroCounters, creditsPosted: 100n, debitsPosted: 40n },
      availableMinor: 60n,
    });
  });

  it('do not count a pending credit before it is posted', async () => {
    const credit = { ...aCredit('credit', 50, 'a'), kind: 'pending' } as const;
    expect(await write(credit)).toBe('written');
    expect(await available('credit')).toBe(0n);
    expect(await write(aDebit('credit', 1, 'a'))).toBe('insufficient_funds');
    expect(await write(captureOf(credit, { amountMinor: 20 }))).toBe('written');
    expect(await available('credit')).toBe(20n);
  });

  it('take several transfers of one transaction by what they leave together', async () => {
    expect(await write(aCredit('together', 100, 'a'))).toBe('written');
    const debits = [aDebit('together', 60, 'a'), aDebit('together', 60, 'b')];
    expect(await write(...debits)).toBe('insufficient_funds');
    expect(await write(...debits, aCredit('together', 20, 'b'))).toBe('written');
    expect(await read('together')).toMatchObject({
      counters: { ...zeroCounters, creditsPosted: 120n, debitsPosted: 120n },
      availableMinor: 0n,
    });
  });

  it('refuse nothing to what gives as much as it takes', async () => {
    const both = [aDebit('even', 10, 'a'), aCredit('even', 10, 'a')];
    expect(await write(...both)).toBe('written');
    expect(await available('even')).toBe(0n);
  });

  it('write nothing of a transaction that is short of funds', async () => {
    const fee = aTransfer({ tenant: 'short' }, 'short');
    expect(await write(fee, aDebit('short', 1, 'a'))).toBe('insufficient_funds');
    expect(await write(fee)).toBe('written');
  });

  it('tell a repeated transaction that it was written, when the limit would refuse it by now', async () => {
    expect(await write(aCredit('again', 100, 'a'))).toBe('written');
    expect(await write(aDebit('again', 100, 'a'))).toBe('written');
    expect(await write(aDebit('again', 100, 'a'))).toBe('refused');
    expect(await write(aDebit('again', 100, 'a'), aDebit('again', 1, 'b'))).toBe('refused');
    expect(await available('again')).toBe(0n);
  });

  it('tell a resolution that is refused from one that is short of funds', async () => {
    const never = captureOf(aDebitHold('never', 10, 'a'));
    expect(await write(never, aDebit('never', 1, 'b'))).toBe('refused');
  });

  it('hold sums beyond 2^53 exactly', async () => {
    const most = 2 ** 53 - 1;
    for (const key of ['a', 'b', 'c']) {
      expect(await write(aCredit('large', most, key))).toBe('written');
    }
    expect(await write(aDebit('large', 2, 'a'))).toBe('written');
    expect(await available('large')).toBe(3n * BigInt(most) - 2n);
  });

  it('equal the sum of the transfers written, and never pass the limit, whatever is asked', async () => {
    let run = 0;
    const amount = fc.integer({ min: 1, max: 50 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ kind: fc.constantFrom('credit', 'debit', 'hold', 'post', 'void'), amount }),
          { maxLength: 15 },
        ),
        async (asked) => {
          const tenant = `sum${++run}`;
          const written: Transfer[] = [];
          for (const [index, { kind, amount: amountMinor }] of asked.entries()) {
            const pending = written.find(
              (one) =>
                one.kind === 'pending' &&
                !written.some((other) => 'pendingId' in other && other.pendingId === one.id),
            );
            const hold = pending ?? aDebitHold(tenant, amountMinor, `none ${index}`);
            const part = Math.min(amountMinor, hold.amountMinor);
            const transfer = {
              credit: aCredit(tenant, amountMinor, String(index)),
              debit: aDebit(tenant, amountMinor, String(index)),
              hold: aDebitHold(tenant, amountMinor, String(index)),
              post: captureOf(hold, { amountMinor: part }),
              void: releaseOf(hold),
            }[kind];
            const book = { tenant, currency: 'EUR' } as const;
            const after = deltasOf(book, [...written, transfer]).merchant_available;
            const isWithin =
              availableOf(after ?? zeroCounters, 'debits_must_not_exceed_credits') >= 0n;
            const isOfNothing = 'pendingId' in transfer && !pending;
            const expected = isWithin ? 'written' : 'insufficient_funds';
            expect(await write(transfer)).toBe(isOfNothing ? 'refused' : expected);
            written.push(...(isWithin && !isOfNothing ? [transfer] : []));
          }
          const counters =
            deltasOf({ tenant, currency: 'EUR' }, written).merchant_available ?? zeroCounters;
          expect(await read(tenant)).toMatchObject({
            counters,
            availableMinor: availableOf(counters, 'debits_must_not_exceed_credits'),
          });
        },
      ),
      { numRuns },
    );
  });

  it('on debits let no more be credited than was debited, and say so as of funds', async () => {
    const tenant = 'debtor';
    const account = () => ledger().readLimited(tenant, 'EUR', 'merchant_debt');
    expect((await account()).availableMinor).toBe(0n);
    expect(await write(debtPaid(tenant, 1, 'a'))).toBe('insufficient_funds');
    // What pays a debt is there to be taken; the debt is what limits it.
    expect(await write(aCredit(tenant, 1_000, 'a'), owed(tenant, 100, 'a'))).toBe('written');
    expect((await account()).availableMinor).toBe(100n);
    expect(await write(debtPaid(tenant, 101, 'b'))).toBe('insufficient_funds');
    expect(await available(tenant)).toBe(1_000n);
    expect(await write(debtPaid(tenant, 60, 'c'))).toBe('written');
    expect(await write(debtPaid(tenant, 60, 'c'))).toBe('refused');
    expect(await write(debtPaid(tenant, 41, 'd'))).toBe('insufficient_funds');
    expect(await write(debtPaid(tenant, 40, 'd'))).toBe('written');
    expect(await write(debtPaid(tenant, 40, 'd'))).toBe('refused');
    expect(await account()).toMatchObject({
      counters: { ...zeroCounters, debitsPosted: 100n, creditsPosted: 100n },
      availableMinor: 0n,
    });
    expect(await available(tenant)).toBe(900n);
  });

  it('on debits count a pending credit as taken, and a pending debit not before it is posted', async () => {
    const tenant = 'pending debtor';
    const debt = async () =>
      (await ledger().readLimited(tenant, 'EUR', 'merchant_debt')).availableMinor;
    const hold = { ...owed(tenant, 50, 'hold'), kind: 'pending' } as const;
    expect(await write(aCredit(tenant, 100, 'a'), hold)).toBe('written');
    expect(await debt()).toBe(0n);
    expect(await write(debtPaid(tenant, 1, 'a'))).toBe('insufficient_funds');
    expect(await write(captureOf(hold))).toBe('written');
    const paying = { ...debtPaid(tenant, 30, 'hold'), kind: 'pending' } as const;
    expect(await write(paying)).toBe('written');
    expect(await debt()).toBe(20n);
    expect(await write(debtPaid(tenant, 21, 'b'))).toBe('insufficient_funds');
    expect(await write(releaseOf(paying))).toBe('written');
    expect(await debt()).toBe(50n);
  });

  it('on debits give room for some of many at once', async () => {
    const tenant = 'debtors';
    expect(await write(aCredit(tenant, 1_000, 'a'), owed(tenant, 70, 'a'))).toBe('written');
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => write(debtPaid(tenant, 10, String(index)))),
    );
    const counts = Object.groupBy(outcomes, (outcome) => outcome);
    expect([counts.written?.length, counts.insufficient_funds?.length]).toEqual([7, 13]);
    expect((await ledger().readLimited(tenant, 'EUR', 'merchant_debt')).availableMinor).toBe(0n);
    expect(await available(tenant)).toBe(930n);
  });

  it('give room for a hundred of two hundred holds at once, and fail none for contention', async () => {
    const tenant = 'crowd';
    expect(await write(aCredit(tenant, 100 * 500, 'a'))).toBe('written');
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => write(aDebitHold(tenant, 500, String(index)))),
    );
    const counts = Object.groupBy(outcomes, (outcome) => outcome);
    expect([counts.written?.length, counts.insufficient_funds?.length]).toEqual([100, 100]);
    expect(await read(tenant)).toMatchObject({
      counters: { ...zeroCounters, creditsPosted: 50_000n, debitsPending: 50_000n },
      availableMinor: 0n,
    });
  });
}
