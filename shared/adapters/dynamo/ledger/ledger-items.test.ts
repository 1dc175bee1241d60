import { describe, expect, it } from 'vitest';
import {
  aCredit,
  aHold,
  aPayout,
  aTransfer,
  captureOf,
  timeAt,
} from '../../../../test/support/ledger/transfers.ts';
import type { Transfer } from '../../../domain/ledger/transfer.ts';
import { ledgerItems, ledgerRefusal } from './ledger-items.ts';
import type { Image } from './transfer-item.ts';

const hold = aHold();
const captured = captureOf(hold, { time: timeAt(1), operationId: 'ca_1' });
const fee = aTransfer({}, 'fee');

const imageOf = (transfer: Transfer): Image =>
  ledgerItems([transfer], 'ledger').at(-1)?.Put?.Item ?? {};

const payout = aPayout({ amountMinor: 100 });

describe('the items of a transfer', () => {
  it('have flat attributes, and numbers as numbers', () => {
    expect(imageOf(captured)).toEqual({
      pk: { S: `TRANSFER#${hold.id}` },
      sk: { S: 'RESOLUTION' },
      id: { S: captured.id },
      kind: { S: 'post_pending' },
      posting: { S: 'captured' },
      tenant: { S: 'acme' },
      currency: { S: 'EUR' },
      debit_account: { S: 'acme#EUR#psp_receivable' },
      credit_account: { S: 'acme#EUR#merchant_payable' },
      amount_minor: { N: '10000' },
      payment_id: { S: hold.paymentId },
      operation_id: { S: 'ca_1' },
      time: { S: timeAt(1) },
      position: { S: `${timeAt(1)}#01#${captured.id}` },
      pending_id: { S: hold.id },
      pending_amount_minor: { N: '10000' },
    });
  });

  it('have no attribute for what is null', () => {
    const attributes = Object.keys(imageOf({ ...fee, paymentId: null }));
    expect(attributes).not.toContain('payment_id');
    expect(attributes).not.toContain('operation_id');
  });

  it('are one put, or for a resolution a check and a put', () => {
    const actions = ledgerItems([hold, captured, fee], 'ledger').map((item) => Object.keys(item));
    expect(actions.flat()).toEqual(['Put', 'ConditionCheck', 'Put', 'Put']);
  });

  it('are none for a transfer that no ledger may take', () => {
    expect(() => ledgerItems([fee, aTransfer({ amountMinor: 0 })], 'ledger')).toThrow(RangeError);
  });
});

describe('the items of transfers on a limited account', () => {
  const updateOf = (...transfers: readonly Transfer[]) =>
    ledgerItems(transfers, 'ledger').flatMap(({ Update }) => Update ?? []);

  it('are one update more, however many they are, on condition that there is room', () => {
    const [update, ...rest] = updateOf(
      payout,
      aPayout({ amountMinor: 50 }, '2'),
      aCredit({ amountMinor: 30 }),
    );
    expect(rest).toEqual([]);
    expect(update?.Key).toEqual({
      pk: { S: 'ACCOUNT#acme#EUR#merchant_available' },
      sk: { S: 'LIMIT' },
    });
    expect(update?.ConditionExpression).toBe('#available >= :taken');
    expect(update?.ExpressionAttributeValues).toMatchObject({
      ':taken': { N: '120' },
      ':available': { N: '-120' },
      ':debits_posted': { N: '150' },
      ':credits_posted': { N: '30' },
    });
  });

  it('have no condition when they take nothing together', () => {
    const [update] = updateOf(payout, aCredit({ amountMinor: 100 }));
    expect(update?.ConditionExpression).toBeUndefined();
    expect(update?.ExpressionAttributeValues).toMatchObject({ ':available': { N: '0' } });
  });

  it('are an update for each account', () => {
    expect(updateOf(payout, aPayout({ tenant: 'other' }))).toHaveLength(2);
  });
});

describe('a refused transaction', () => {
  const items = [{ Put: { TableName: 'payments', Item: {} } }, ...ledgerItems([payout], 'ledger')];
  const refusalBy = (...refusing: readonly number[]) =>
    ledgerRefusal(
      items,
      items.map((_, index) => ({
        Code: refusing.includes(index) ? 'ConditionalCheckFailed' : 'None',
      })),
    );

  it('is short of funds when nothing but the limit refused', () => {
    expect(refusalBy(2)).toBe('insufficient_funds');
  });

  it.each([
    ['the transfer, which is there already', [1]],
    ['the transfer and the limit that it has used up', [1, 2]],
    ['what the caller writes with it', [0]],
    ['what the caller writes with it, and the limit', [0, 2]],
    ['nothing', []],
  ])('is refused by %s', (_, refusing) => {
    expect(refusalBy(...refusing)).toBe('refused');
  });
});
