import { describe, expect, it } from 'vitest';
import { aPayment } from '../../../test/support/ledger/transfers.ts';
import { assessRisk } from './assess.ts';

const payment = aPayment({ amount: 10_000 });

describe('the risk rules', () => {
  it.each([
    ['at the limit', 10_000, [], { accepted: true }],
    ['above the limit', 9_999, [], { accepted: false, rule: 'amount_above_limit' }],
    [
      'of a blocked method',
      10_000,
      ['tok_approve'],
      { accepted: false, rule: 'blocked_payment_method' },
    ],
    ['of another blocked method', 10_000, ['tok_approv', 'TOK_APPROVE'], { accepted: true }],
  ])('decide on a payment %s', (_name, maxAmountMinor, blockedPaymentMethods, decision) => {
    expect(assessRisk(payment, { maxAmountMinor, blockedPaymentMethods })).toEqual(decision);
  });

  it('name the blocked method first, so that the reason does not hang on the amount', () => {
    expect(
      assessRisk(payment, { maxAmountMinor: 1, blockedPaymentMethods: ['tok_approve'] }),
    ).toEqual({ accepted: false, rule: 'blocked_payment_method' });
  });
});
