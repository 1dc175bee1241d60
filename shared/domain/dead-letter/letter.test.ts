import { describe, expect, it } from 'vitest';
import { aDispute } from '../../../test/support/dead-letters/letters.ts';
import {
  aHold,
  aPayout,
  aTransfer,
  captureOf,
  timeAt,
} from '../../../test/support/ledger/transfers.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { aRequestedPayout } from '../../../test/support/payouts.ts';
import {
  atRisk,
  type Concern,
  type Content,
  concernOfEvent,
  concernOfNotice,
  concernOfTransfer,
  concernsOf,
  reasonOf,
  whatOf,
  whenOf,
} from './letter.ts';

const { event } = anAcceptedPayment(countingStamps());
const notice = aDispute(event.subject);
const ofRange = (records: number): Content => ({
  kind: 'range',
  range: { streamArn: 's', shardId: 's', firstSequence: '1', lastSequence: '2' },
  records,
  givenUp: timeAt(5),
  condition: 'RetryAttemptsExhausted after 51 tries',
});
const ofEvent: Content = { kind: 'event', event };
const ofRun: Content = { kind: 'run', at: null, error: 'Error: throttled' };
const unreadable: Content = { kind: 'unreadable', says: 'no JSON', type: null, about: null };

const letter = (attributes: Readonly<Record<string, string>> = {}) => ({
  id: 'id',
  sent: timeAt(9),
  body: '{}',
  attributes,
});

describe('a dead letter', () => {
  it('is called by what it holds', () => {
    expect(whatOf(ofEvent)).toBe('payment.accepted');
    expect(whatOf({ kind: 'notice', notice })).toBe('dispute.opened');
    const delivery = { tenant: 'acme', endpoint_id: 'e', delivery_id: 'd', attempt: 3 };
    expect(whatOf({ kind: 'delivery', delivery })).toBe('webhook, try 3');
    expect(whatOf(ofRange(1))).toBe('1 record of the stream');
    expect(whatOf(ofRange(7))).toBe('7 records of the stream');
    expect(whatOf(ofRun)).toBe('scheduled run');
    expect(whatOf(unreadable)).toBe('unreadable');
    expect(whatOf({ ...unreadable, type: 'payment.captured' })).toBe('payment.captured');
  });

  it('is as old as its failure, however often its range was made smaller since', () => {
    expect(whenOf(letter(), ofEvent)).toBe(timeAt(9));
    expect(whenOf(letter(), ofRange(1))).toBe(timeAt(5));
  });

  it.each<[string, Readonly<Record<string, string>>, Content, string]>([
    ['ours', { error_name: 'Poison', reason: 'no' }, ofEvent, 'Poison: no'],
    ['of a range', { error_name: 'Error', reason: 'no' }, ofRange(1), 'Error: no'],
    [
      'of the bus',
      { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'no' },
      ofEvent,
      'NO_PERMISSIONS: no',
    ],
    ['of Lambda', {}, ofRange(1), 'RetryAttemptsExhausted after 51 tries'],
    ['of a run', {}, ofRun, 'Error: throttled'],
    [
      'of a run that was not started',
      {},
      { ...ofRun, error: null },
      'the clock could not start it',
    ],
    ['of what cannot be read', {}, unreadable, 'no JSON'],
    [
      'of nobody',
      {},
      ofEvent,
      'the function ended without an answer at each try: it crashed, or took too long',
    ],
  ])('has the reason %s', (_, attributes, content, reason) => {
    expect(reasonOf(letter(attributes), content)).toBe(reason);
  });
});

describe('what is at risk', () => {
  const payment = { kind: 'payment', id: event.subject } as const;

  it('is the amount of the payment or payout, with an event', () => {
    const at = { amountMinor: 10_000, currency: 'EUR' };
    expect(concernOfEvent(event)).toEqual({ subject: payment, ...at });
    const payout = aRequestedPayout(countingStamps()).event;
    expect(concernOfEvent(payout)).toEqual({
      subject: { kind: 'payout', id: payout.subject },
      amountMinor: 9_710,
      currency: 'EUR',
    });
  });

  it('is what a notice tells of', () => {
    expect(concernOfNotice(notice)).toEqual({
      subject: payment,
      amountMinor: 2_500,
      currency: 'EUR',
    });
  });

  it('is the PSP’s charge of a notice that names no payment', () => {
    const { data, ...rest } = notice;
    const nameless = { ...rest, data: { ...data, reference: null } } as typeof notice;
    expect(concernOfNotice(nameless).subject).toEqual({
      kind: 'payment',
      id: 'provider_reference' in data ? data.provider_reference : '',
    });
  });

  it('is what a transfer moves, for its payment, payout or conversion', () => {
    const fee = aTransfer();
    expect(concernOfTransfer(fee)).toEqual({
      subject: { kind: 'payment', id: fee.paymentId },
      amountMinor: 290,
      currency: 'EUR',
    });
    const paidOut = aPayout({ paymentId: null, operationId: 'p1' });
    expect(concernOfTransfer(paidOut)?.subject).toEqual({ kind: 'payout', id: 'p1' });
    const sold = aTransfer({ paymentId: null, operationId: 'c1', posting: 'fx_sold' });
    expect(concernOfTransfer(sold)?.subject).toEqual({ kind: 'conversion', id: 'c1' });
    expect(concernOfTransfer(aTransfer({ paymentId: null }))).toBeNull();
  });

  it('counts the same money once, and each payment and currency for itself', () => {
    const hold = aHold();
    const { paymentId } = hold;
    const of = [
      hold,
      captureOf(hold),
      aTransfer({ paymentId }),
      aTransfer({ paymentId, currency: 'JPY' }),
      aTransfer({}, '2'),
    ].map((transfer) => concernOfTransfer(transfer) as Concern);
    const concerns = concernsOf(of);
    expect(concerns.map(({ subject, amountMinor }) => [subject.id, amountMinor])).toEqual([
      [paymentId, 10_000],
      [paymentId, 290],
      [expect.not.stringContaining(paymentId as string), 290],
    ]);
    expect(atRisk(concerns)).toEqual([
      { currency: 'EUR', amountMinor: 10_290 },
      { currency: 'JPY', amountMinor: 290 },
    ]);
  });

  it('takes all that there is for the largest amount', () => {
    const all = { subject: payment, amountMinor: null, currency: 'EUR' } as const;
    expect(concernsOf([concernOfEvent(event), all, concernOfNotice(notice)])).toEqual([all]);
    expect(atRisk([all])).toEqual([{ currency: 'EUR', amountMinor: 0 }]);
  });
});
