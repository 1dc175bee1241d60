import { describe, expect, it } from 'vitest';
import type { LimitedAccount } from '../../ports/ledger.ts';
import { type Transfer, zeroCounters } from '../ledger/transfer.ts';
import { auditLimited } from './limited.ts';
import { findings } from './report.ts';

const credit = (amountMinor: number, id: string): Transfer => ({
  id,
  kind: 'posted',
  tenant: 'acme',
  currency: 'EUR',
  debitAccount: 'merchant_payable',
  creditAccount: 'merchant_available',
  amountMinor,
  posting: 'made_available',
  paymentId: 'p',
  operationId: 'o',
  time: '2026-01-01T00:00:00.000Z',
});

const account = (creditsPosted: bigint): LimitedAccount => ({
  tenant: 'acme',
  currency: 'EUR',
  code: 'merchant_available',
  counters: { ...zeroCounters, creditsPosted },
  availableMinor: creditsPosted,
});

/** What is found of a balance, when 100 was folded before it was read, and these were not. */
function found(balance: bigint, open: readonly number[]) {
  const differences = findings();
  const transfers = [credit(100, 'folded'), ...open.map((by, n) => credit(by, String(n)))];
  auditLimited([account(balance)], transfers, (id) => id === 'folded', differences);
  return differences.listed;
}

describe('a limited balance that was read while others changed it', () => {
  it.each([100n, 101n, 110n, 111n])('may be %s, with 1 and 10 in no book', (balance) => {
    expect(found(balance, [1, 10])).toEqual([]);
  });

  it.each([99n, 102n, 109n, 112n, 0n])('cannot be %s, with 1 and 10 in no book', (balance) => {
    expect(found(balance, [1, 10])).toEqual([
      expect.objectContaining({
        kind: 'limited_balance',
        account: 'merchant_available.EUR',
        expected: 'credits_posted 100, available 100',
        found: `credits_posted ${balance}, available ${balance}`,
      }),
    ]);
  });

  it('may be anything between none and all of them where there are many', () => {
    const many = Array.from({ length: 13 }, () => 10);
    expect(found(105n, many)).toEqual([]);
    expect(found(230n, many)).toEqual([]);
    expect(found(99n, many)).toHaveLength(1);
    expect(found(231n, many)).toHaveLength(1);
  });

  it('is missing when it is not there', () => {
    const differences = findings();
    auditLimited([], [credit(100, 'folded')], () => true, differences);
    expect(differences.listed).toEqual([expect.objectContaining({ kind: 'limited_balance' })]);
  });

  it('is beyond its limit below zero, whatever its transfers say', () => {
    const differences = findings();
    const debit: Transfer = {
      ...credit(5, 'a'),
      debitAccount: 'merchant_available',
      creditAccount: 'merchant_payable',
      posting: 'taken_back',
    };
    const counters = { ...zeroCounters, debitsPosted: 5n };
    const stored = { ...account(0n), counters, availableMinor: -5n };
    auditLimited([stored], [debit], () => true, differences);
    expect(differences.listed).toEqual([
      expect.objectContaining({ kind: 'limit_passed', found: 'available -5' }),
    ]);
  });

  it('goes by the limit of its account, whichever way round that is', () => {
    const owed: Transfer = {
      ...credit(5, 'a'),
      debitAccount: 'merchant_debt',
      creditAccount: 'merchant_payable',
      posting: 'owed',
    };
    const counters = { ...zeroCounters, debitsPosted: 5n };
    const debt = { ...account(0n), code: 'merchant_debt', counters, availableMinor: 5n } as const;
    const differences = findings();
    auditLimited([debt], [owed], () => true, differences);
    expect(differences.listed).toEqual([]);
  });
});
