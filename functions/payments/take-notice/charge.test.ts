import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { metrics } from '../../../shared/runtime/observability.ts';
import { type FactName, facts } from '../../../test/support/payments/facts.ts';
import { anAccepted } from '../../../test/support/payments/reserved.ts';
import { inquiredPsp, settleWindowMs } from '../../../test/support/payments/unknowns.ts';
import { type About, aResultNotice, type Told } from '../../../test/support/result-notices.ts';
import { chargeTerms } from '../../../test/support/sagas/charge-terms.ts';
import { takeResult } from './charge.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A payment that these facts took along, and a PSP that is not asked. */
async function aPayment(names: readonly FactName[]) {
  const manual = names.some((name) => name === 'authorized');
  const payment = await anAccepted(manual ? { capture_method: 'manual' } : {});
  await payment.write(...names.map((name): PaymentFact => facts[name]));
  const { providers, asked } = inquiredPsp([]);
  const take = takeResult({ ...payment.deps, ...chargeTerms, settleWindowMs, providers });
  const before = await payment.load();
  return {
    ...payment,
    asked,
    unchanged: async () => expect(await payment.load()).toEqual(before),
    tell: (about: About, told: Told, data?: Parameters<typeof aResultNotice>[3]) =>
      take(aResultNotice(about, told, payment.id, data)),
  };
}

const captured = ['reserved', 'captured'] as const;
const authorized = ['reserved', 'authorized'] as const;
const mismatched = ['reserved', 'mismatched'] as const;
const refunding = [...captured, 'refundRequested', 'refundHeld'] as const;
const capturing = [...authorized, 'captureRequested', 'captureStarted'] as const;
const canceling = [...authorized, 'cancelRequested', 'cancelStarted'] as const;

describe('a notice of what a PSP did', () => {
  it.each<[readonly FactName[], About, Told]>([
    // Early: the record will come to it, or to another end, by itself.
    [['reserved'], 'charge', 'effect'],
    [['reserved'], 'charge', 'none'],
    [['reserved', 'busy'], 'charge', 'effect'],
    [mismatched, 'reverse', 'effect'],
    [mismatched, 'reverse', 'none'],
    [capturing, 'capture', 'effect'],
    [capturing, 'capture', 'none'],
    [canceling, 'cancel', 'effect'],
    [refunding, 'refund', 'effect'],
    [refunding, 'refund', 'none'],
    // Late, or again: the record has it.
    [captured, 'charge', 'effect'],
    [authorized, 'charge', 'effect'],
    [mismatched, 'charge', 'effect'],
    [[...mismatched, 'reversed'], 'charge', 'effect'],
    [[...mismatched, 'reversed'], 'reverse', 'effect'],
    [['reserved', 'declined'], 'charge', 'none'],
    [['reserved', 'declined', 'released', 'failed'], 'charge', 'none'],
    [['reserved', 'released', 'failed'], 'charge', 'none'],
    [[...capturing, 'capturedPart'], 'capture', 'effect'],
    [[...capturing, 'captureDeclined'], 'capture', 'none'],
    [[...capturing, 'captureDeclined', 'captureFailed'], 'capture', 'none'],
    [[...capturing, 'captureFailed'], 'capture', 'none'],
    [[...canceling, 'canceled'], 'cancel', 'effect'],
    [[...canceling, 'canceled'], 'charge', 'effect'],
    [[...refunding, 'refunded'], 'refund', 'effect'],
    [[...refunding, 'refundDeclined'], 'refund', 'none'],
    [[...refunding, 'refundReturned', 'refundFailed'], 'refund', 'none'],
  ])('does nothing where the record has it, or will: %j, %s %s', async (names, about, told) => {
    const { tell, unchanged, asked } = await aPayment(names);
    await tell(about, told);
    await tell(about, told);
    await unchanged();
    expect(asked).toEqual([]);
  });

  it.each<[readonly FactName[], About, Told, RegExp]>([
    [[], 'charge', 'effect', /was sent to no PSP.*Undo it/],
    [['reserved', 'declined'], 'charge', 'effect', /declined \(lost_card\): undo it at the PSP/],
    [['reserved', 'declined', 'released', 'failed'], 'charge', 'effect', /declined \(lost_card\)/],
    [['reserved', 'released'], 'charge', 'effect', /nothing was charged/],
    [['reserved', 'busy', 'released', 'failed'], 'charge', 'effect', /nothing was charged/],
    [captured, 'charge', 'none', /approved it as ch_1: ask the PSP/],
    [authorized, 'charge', 'none', /approved it as ch_1/],
    [mismatched, 'charge', 'none', /approved it as ch_1/],
    [captured, 'reverse', 'effect', /on record it stands/],
    [['reserved', 'declined'], 'reverse', 'effect', /on record it stands/],
    [[...mismatched, 'reversed'], 'reverse', 'none', /on record it is undone/],
    [[...authorized, 'captureRequested'], 'capture', 'effect', /nothing was sent/],
    [[...capturing, 'captureDeclined'], 'capture', 'effect', /it did not \(refused\)/],
    [[...capturing, 'captureFailed'], 'capture', 'effect', /it did not \(refused\)/],
    [[...capturing, 'capturedPart'], 'capture', 'none', /the capture, and on record it succeeded/],
    [[...canceling, 'canceled'], 'cancel', 'none', /the cancel, and on record it succeeded/],
    [[...captured, 'refundRequested'], 'refund', 'effect', /nothing was sent/],
    [[...refunding, 'refundReturned'], 'refund', 'effect', /nothing was sent/],
    [
      [...refunding, 'refundReturned', 'refundFailed'],
      'refund',
      'effect',
      /put it right at the PSP/,
    ],
    [[...refunding, 'refunded'], 'refund', 'none', /the refund, and on record it succeeded/],
    [captured, 'refund', 'effect', /nothing under this operation id/],
    [captured, 'capture', 'none', /nothing under this operation id/],
  ])(
    'is for a person where the record excludes it, and counted: %j, %s %s',
    async (names, about, told, reason) => {
      const add = vi.spyOn(metrics, 'addMetric');
      const { tell, unchanged, asked } = await aPayment(names);
      await expect(tell(about, told)).rejects.toThrow(reason);
      await expect(tell(about, told)).rejects.toBeInstanceOf(Poison);
      await unchanged();
      expect(asked).toEqual([]);
      expect(add.mock.calls).toEqual(Array(2).fill(['ContradictingNotice', 'Count', 1]));
    },
  );

  it.each<[readonly FactName[], About, Parameters<typeof aResultNotice>[3], RegExp]>([
    [captured, 'charge', { provider_reference: 'ch_2' }, /a second charge/],
    [captured, 'charge', { amount: 9_999 }, /another amount or currency/],
    [captured, 'charge', { currency: 'USD' }, /another amount or currency/],
    [captured, 'charge', { provider: 'psp-b' }, /psp-b did what.*went to psp\. Undo it at psp-b/],
    [['reserved'], 'charge', { provider: 'psp-b' }, /went to psp\./],
    [['reserved', 'unknownCharge'], 'charge', { provider: 'psp-b' }, /went to psp\./],
    [['reserved', 'rerouted'], 'charge', {}, /psp did what.*went to psp-b/],
    [refunding, 'refund', { amount: 2_999 }, /another refund than was asked/],
    [[...refunding, 'refunded'], 'refund', { currency: 'USD' }, /another refund/],
    [capturing, 'capture', { amount: 4_001 }, /another capture/],
    [capturing, 'capture', { provider_reference: 'ch_2' }, /another capture/],
  ])(
    'is for a person where it is of something else: %j, %s %j',
    async (names, about, data, reason) => {
      const { tell, unchanged } = await aPayment(names);
      await expect(tell(about, 'effect', data)).rejects.toThrow(reason);
      await unchanged();
    },
  );

  it.each<[readonly FactName[], About, Told, Parameters<typeof aResultNotice>[3]]>([
    [mismatched, 'charge', 'effect', { amount: 9_999, currency: 'USD' }],
    [captured, 'charge', 'effect', { amount: null, provider_reference: null }],
    [[...canceling, 'canceled'], 'cancel', 'effect', { amount: 1 }],
    [refunding, 'refund', 'none', { amount: null }],
    [['reserved', 'rerouted'], 'charge', 'none', {}],
    [['reserved', 'rerouted', 'unknownCharge'], 'charge', 'none', {}],
  ])(
    'may say less, and what moved nothing is nothing: %j, %s %s %j',
    async (names, about, told, data) => {
      const { tell, unchanged, asked } = await aPayment(names);
      await tell(about, told, data);
      await unchanged();
      expect(asked).toEqual([]);
    },
  );

  it('of no payment is for a person', async () => {
    const { deps } = await aPayment([]);
    const { providers } = inquiredPsp([]);
    const take = takeResult({ ...deps, ...chargeTerms, settleWindowMs, providers });
    const stray = take(aResultNotice('charge', 'effect', derivedId('nobody')));
    await expect(stray).rejects.toThrow('of no payment');
    await expect(stray).rejects.toBeInstanceOf(Poison);
  });
});
