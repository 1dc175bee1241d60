import { describe, expect, it } from 'vitest';
import { type FactName, facts } from '../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { transferId } from '../ids.ts';
import { changePayment } from '../payment/change.ts';
import type { Payment } from '../payment/state.ts';
import { postingsOf } from './postings.ts';
import { effectOf, type PostingName, type Transfer } from './transfer.ts';

/** The transfers of a history, change by change, of a payment of EUR 100.00. */
function transfersOf(...names: readonly FactName[]): Transfer[][] {
  const nextStamp = countingStamps();
  let payment: Payment = anAcceptedPayment(nextStamp).after;
  return names.map((name) => {
    const change = changePayment(payment, facts[name], nextStamp());
    payment = change.after;
    return [...change.transfers];
  });
}

const authorized = ['reserved', 'authorized'] as const;
const inTransit = ['reserved', 'captured', 'refundRequested', 'refundHeld'] as const;

/** The rows of the postings table that a payment makes, each by a history whose last change is it. */
const rows: Partial<
  Record<PostingName, [readonly FactName[], string, string, Transfer['kind'], number]>
> = {
  authorized: [['reserved'], 'psp_receivable', 'merchant_payable', 'pending', 10_000],
  captured: [
    ['reserved', 'captured'],
    'psp_receivable',
    'merchant_payable',
    'post_pending',
    10_000,
  ],
  fee: [['reserved', 'captured'], 'merchant_payable', 'fee_revenue', 'posted', 290],
  released: [
    ['reserved', 'released'],
    'psp_receivable',
    'merchant_payable',
    'void_pending',
    10_000,
  ],
  refund_requested: [inTransit, 'merchant_payable', 'refunds_in_transit', 'posted', 3_000],
  refund_confirmed: [
    [...inTransit, 'refunded'],
    'refunds_in_transit',
    'psp_receivable',
    'posted',
    3_000,
  ],
  refund_returned: [
    [...inTransit, 'refundDeclined', 'refundReturned'],
    'refunds_in_transit',
    'merchant_payable',
    'posted',
    3_000,
  ],
  chargeback: [
    ['reserved', 'captured', 'disputeOpened'],
    'merchant_payable',
    'psp_receivable',
    'posted',
    11_500,
  ],
  chargeback_reversed: [
    ['reserved', 'captured', 'disputeOpened', 'disputeWon'],
    'psp_receivable',
    'merchant_payable',
    'posted',
    10_000,
  ],
};

describe('the postings table', () => {
  it.each(Object.entries(rows))('%s', (posting, [history, debit, credit, kind, amountMinor]) => {
    const last = transfersOf(...history).at(-1);
    expect(last?.find((transfer) => transfer.posting === posting)).toMatchObject({
      debitAccount: debit,
      creditAccount: credit,
      kind,
      amountMinor,
      tenant: 'acme',
      currency: 'EUR',
    });
  });

  it('names what a transfer belongs to as the PSP knows it, and nothing for a hold', () => {
    const [hold, capture] = transfersOf('reserved', 'captured').map(([first]) => first);
    expect(hold?.operationId).toBeNull();
    expect(capture?.operationId).toBe(facts.captured.facts.operation_id);
    const [refund] = transfersOf(...inTransit).at(-1) ?? [];
    expect(refund?.operationId).toBe(facts.refundHeld.facts.operation_id);
  });

  it('posts a part of the hold, and holds the rest anew', () => {
    const changes = transfersOf(
      ...authorized,
      'captureRequested',
      'captureStarted',
      'capturedPart',
    );
    const [hold] = changes[0] ?? [];
    expect(changes.at(-1)).toMatchObject([
      { posting: 'captured', kind: 'post_pending', amountMinor: 4_000, pendingId: hold?.id },
      { posting: 'fee', amountMinor: 116 },
      { posting: 'held_anew', kind: 'pending', amountMinor: 6_000 },
    ]);
    const [captured, , anew] = changes.at(-1) ?? [];
    expect(captured).toMatchObject({ pendingAmountMinor: 10_000 });
    expect(anew?.id).not.toBe(hold?.id);
  });

  it('resolves the hold that is there, also one that is held anew', () => {
    const parts = [...authorized, 'captureRequested', 'capturedPart'] as const;
    const anew = transfersOf(...parts).at(-1)?.[2];
    const [capture] = transfersOf(...parts, 'restRequested', 'capturedRest').at(-1) ?? [];
    const [cancel] = transfersOf(...parts, 'cancelRestRequested', 'canceledRest').at(-1) ?? [];
    expect(capture).toMatchObject({
      amountMinor: 5_000,
      pendingAmountMinor: 6_000,
      pendingId: anew?.id,
    });
    expect(cancel).toMatchObject({ amountMinor: 6_000, kind: 'void_pending', pendingId: anew?.id });
  });

  it.each([
    ['a capture', ['reserved', 'captured']],
    ['a release', ['reserved', 'released']],
    ['a cancellation', [...authorized, 'cancelRequested', 'canceled']],
    ['an expiry', [...authorized, 'expiryRequested', 'expired']],
    [
      'a final capture',
      [...authorized, 'captureRequested', 'capturedPart', 'restRequested', 'capturedRest'],
    ],
  ] as [string, FactName[]][])('leaves nothing pending after %s', (_name, history) => {
    const pending = transfersOf(...history)
      .flat()
      .reduce((sum, transfer) => sum + effectOf(transfer).pending, 0n);
    expect(pending).toBe(0n);
  });

  it('leaves nothing in transit after a refund, whatever its end', () => {
    for (const end of [
      ['refunded'],
      ['refundDeclined', 'refundReturned', 'refundFailed'],
    ] as const) {
      const transfers = transfersOf(...inTransit, ...end).flat();
      const inTransitMinor = transfers.reduce(
        (sum, { creditAccount, debitAccount, amountMinor }) =>
          sum +
          (creditAccount === 'refunds_in_transit' ? amountMinor : 0) -
          (debitAccount === 'refunds_in_transit' ? amountMinor : 0),
        0,
      );
      expect(inTransitMinor).toBe(0);
    }
  });

  it('gives the same fact the same transfers, and another payment others', () => {
    const nextStamp = countingStamps();
    const { after: payment } = anAcceptedPayment(nextStamp);
    const { after: other } = anAcceptedPayment(nextStamp, {}, { key: 'key-2' });
    const at = nextStamp().time;
    const reserved = {
      ...facts.reserved,
      facts: { ...facts.reserved.facts, transfer_id: transferId(payment.id, 'authorized') },
    };
    expect(postingsOf(payment, reserved, at)).toEqual(postingsOf(payment, reserved, at));
    const refund = facts.refundHeld;
    expect(postingsOf(payment, refund, at)[0]?.id).not.toBe(postingsOf(other, refund, at)[0]?.id);
  });

  it('makes no fee transfer of nothing', () => {
    const { after: payment } = anAcceptedPayment(countingStamps());
    const free = { ...facts.captured, facts: { ...facts.captured.facts, fee: 0 } };
    expect(postingsOf(payment, free, payment.created).map(({ posting }) => posting)).toEqual([
      'captured',
    ]);
  });
});
