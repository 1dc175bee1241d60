import { describe, expect, it } from 'vitest';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { aRequestedPayout } from '../../../test/support/payouts.ts';
import { eventSourceOf } from './events.ts';
import { PaymentEventSchema, paymentEventTypes } from './payment-events.ts';
import { PayoutEventSchema, payoutEventTypes } from './payout-events.ts';

describe('the source of an event', () => {
  it('is that of payments for each of their types', () => {
    expect(new Set(paymentEventTypes.map((type) => eventSourceOf({ type })))).toEqual(
      new Set(['paysaga.payments']),
    );
  });

  it('is that of payouts for each of theirs', () => {
    expect(new Set(payoutEventTypes.map((type) => eventSourceOf({ type })))).toEqual(
      new Set(['paysaga.payouts']),
    );
  });
});

describe('the contract of an event', () => {
  const payout = aRequestedPayout(countingStamps()).event;
  const payment = anAcceptedPayment(countingStamps()).event;

  it('takes an event as it is written, and loses nothing of it', () => {
    expect(PayoutEventSchema.parse(JSON.parse(JSON.stringify(payout)))).toEqual(payout);
  });

  it('takes no event of the other kind', () => {
    expect(PayoutEventSchema.safeParse(payment).success).toBe(false);
    expect(PaymentEventSchema.safeParse(payout).success).toBe(false);
  });
});
