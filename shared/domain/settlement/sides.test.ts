import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { aLine, oursOf } from '../../../test/support/settlement/records.ts';
import type { SettlementLineType } from '../../contracts/settlement/settlement.ts';
import { operationId } from '../ids.ts';
import { changePayment } from '../payment/change.ts';
import type { Payment } from '../payment/state.ts';
import { compare, ourSideOf } from './sides.ts';

/** A payment of EUR 100.00 with these facts. */
function paymentWith(manual: boolean, ...names: readonly FactName[]): Payment {
  const nextStamp = countingStamps();
  const request = { capture_method: manual ? 'manual' : 'automatic' } as const;
  return names.reduce(
    (payment, name) => changePayment(payment, facts[name], nextStamp()).after,
    anAcceptedPayment(nextStamp, request).after,
  );
}

function side(payment: Payment, type: SettlementLineType, id: string, provider = 'psp') {
  const ours = ourSideOf(payment, { provider, type, operationId: id });
  return ours && [ours.amountMinor, ours.ownFeeMinor];
}

const captured = paymentWith(false, 'reserved', 'captured');
const charge = operationId(captured.id, 'charge');
const capture = facts.capturedPart.facts.operation_id;
const refund = facts.refunded.facts.operation_id;

describe('our side of a line', () => {
  it('is the charge of a payment that was captured with it', () => {
    expect(side(captured, 'capture', charge)).toEqual([10_000, 290]);
    expect(ourSideOf(captured, { provider: 'psp', type: 'capture', operationId: charge })).toEqual({
      tenant: 'acme',
      paymentId: captured.id,
      currency: 'EUR',
      amountMinor: 10_000,
      ownFeeMinor: 290,
    });
  });

  it('is each capture of a payment that is captured by itself, and not its charge', () => {
    const payment = paymentWith(
      true,
      'reserved',
      'authorized',
      'captureRequested',
      'captureStarted',
    );
    expect(side(payment, 'capture', capture)).toBeNull();
    const part = changePayment(payment, facts.capturedPart, countingStamps()()).after;
    expect(side(part, 'capture', capture)).toEqual([4_000, 116]);
    expect(side(part, 'capture', charge)).toBeNull();
  });

  it.each<[string, FactName[]]>([
    ['was only accepted', []],
    ['is held', ['reserved']],
    ['has an unknown outcome', ['reserved', 'unknownCharge']],
    ['was charged another amount', ['reserved', 'mismatched']],
    ['was given back', ['reserved', 'mismatched', 'reversed']],
  ])('is nothing of a payment that %s', (_, names) => {
    expect(side(paymentWith(false, ...names), 'capture', charge)).toBeNull();
  });

  it('is a refund from the PSP’s yes on', () => {
    const asked = ['reserved', 'captured', 'refundRequested', 'refundHeld'] as const;
    expect(side(paymentWith(false, ...asked), 'refund', refund)).toBeNull();
    expect(side(paymentWith(false, ...asked, 'refunded'), 'refund', refund)).toEqual([3_000, 0]);
    const declined = paymentWith(
      false,
      ...asked,
      'refundDeclined',
      'refundReturned',
      'refundFailed',
    );
    expect(side(declined, 'refund', refund)).toBeNull();
  });

  it('is a dispute with its fee, and once it is won its amount', () => {
    const opened = paymentWith(false, 'reserved', 'captured', 'disputeOpened');
    const won = paymentWith(false, 'reserved', 'captured', 'disputeOpened', 'disputeWon');
    const lost = paymentWith(false, 'reserved', 'captured', 'disputeOpened', 'disputeLost');
    for (const payment of [opened, won, lost]) {
      expect(side(payment, 'chargeback', 'dp_1')).toEqual([11_500, 0]);
    }
    expect(side(won, 'chargeback_reversal', 'dp_1')).toEqual([10_000, 0]);
    expect(side(opened, 'chargeback_reversal', 'dp_1')).toBeNull();
    expect(side(lost, 'chargeback_reversal', 'dp_1')).toBeNull();
    expect(side(won, 'chargeback', 'dp_2')).toBeNull();
  });

  it('is nothing of another kind, of another PSP, or of an operation that is not there', () => {
    const payment = paymentWith(
      false,
      'reserved',
      'captured',
      'refundRequested',
      'refundHeld',
      'refunded',
    );
    expect(side(payment, 'capture', refund)).toBeNull();
    expect(side(payment, 'refund', charge)).toBeNull();
    expect(side(payment, 'refund', capture)).toBeNull();
    expect(side(payment, 'refund', refund, 'other')).toBeNull();
    expect(side(payment, 'capture', charge, 'other')).toBeNull();
  });
});

describe('a line against our side', () => {
  it.each([
    ['matched', {}],
    ['matched', { fee: 0 }],
    ['matched', { fee: 20_000 }],
    ['wrong_amount', { gross: 9_999 }],
    ['wrong_amount', { gross: 10_001 }],
    ['wrong_currency', { currency: 'USD' }],
    ['wrong_currency', { currency: 'USD', gross: 9_999 }],
    ['matched', { type: 'refund', fee: 0 }],
    ['wrong_amount', { type: 'refund', fee: 1 }],
    ['matched', { type: 'chargeback', gross: 8_500, fee: 1_500 }],
    ['wrong_amount', { type: 'chargeback', gross: 10_000, fee: 1_500 }],
    ['matched', { type: 'chargeback_reversal', fee: 0 }],
    ['wrong_amount', { type: 'chargeback_reversal', fee: 1 }],
  ] as const)('is %s with %o', (outcome, given) => {
    const line = aLine('compared', given);
    expect(compare(line.record, oursOf(line))).toBe(outcome);
  });
});
