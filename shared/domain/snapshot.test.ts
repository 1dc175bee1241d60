import { describe, expect, it } from 'vitest';
import { facts } from '../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../test/support/payments/payments.ts';
import { aRequestedPayout } from '../../test/support/payouts.ts';
import { changePayment } from './payment/change.ts';
import { paymentStateVersion, payoutStateVersion } from './snapshot.ts';

const nextStamp = countingStamps();

/**
 * The members of a state at each version of its make. Where these differ from what the code makes, the
 * version has to be raised, and the members of the new one said here.
 */
const members = {
  payment: {
    1: 'amountAuthorizedMinor amountCapturedMinor amountRefundedMinor authorizationExpires busyProvider busyTries charge correlationId created decline disputes execution failure feesMinor hold id lastEventId lastTry operations parked progress provider request requestHash restarted status tenant unknown version',
  },
  operation: {
    1: 'amountMinor busyTries cause created decline ended execution failure feeMinor final held id kind parked progress reason requestHash restarted status unknown',
  },
  dispute: { 1: 'amountMinor feeMinor id opened provider reason status' },
  payout: {
    1: 'busyTries correlationId created decline execution failure id lastEventId order parked progress provider request requestHash reservation status tenant tries unknown version',
  },
} as const;

const namesOf = (of: object | undefined) =>
  Object.keys(of ?? {})
    .sort()
    .join(' ');

describe('what a state has in it', () => {
  it('is what its version says, so that no reader takes an old snapshot for a new one', () => {
    const names = ['reserved', 'captured', 'refundRequested', 'disputeOpened'] as const;
    const payment = names.reduce(
      (before, name) => changePayment(before, facts[name], nextStamp()).after,
      anAcceptedPayment(nextStamp).after,
    );
    expect(namesOf(payment)).toBe(members.payment[paymentStateVersion]);
    expect(namesOf(payment.operations[0])).toBe(members.operation[paymentStateVersion]);
    expect(namesOf(payment.disputes[0])).toBe(members.dispute[paymentStateVersion]);
    expect(namesOf(aRequestedPayout(nextStamp).after)).toBe(members.payout[payoutStateVersion]);
  });
});
