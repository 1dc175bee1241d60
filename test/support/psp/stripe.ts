import type { StripeOptions } from '../../../shared/adapters/stripe/sdk/client.ts';
import { stripeProvider } from '../../../shared/adapters/stripe/stripe-provider.ts';
import type { ChargeRequest } from '../../../shared/ports/provider.ts';
import { json, type Script, scriptedPsp } from './scripted-psp.ts';

export const ids = {
  payment: '0198a000-0000-8000-8000-000000000001',
  charge: '0198a000-0000-8000-8000-000000000002',
  operation: '0198a000-0000-8000-8000-000000000003',
} as const;

export const chargeRequest: ChargeRequest = {
  operationId: ids.charge,
  reference: ids.payment,
  amountMinor: 10_000,
  currency: 'EUR',
  paymentMethod: 'pm_card_visa',
  capture: true,
};

/** When the charge's authorization ends, as Stripe says it and as we do. */
export const captureBefore = { theirs: 1_767_830_400, ours: '2026-01-08T00:00:00.000Z' };

export const aCharge = (patch: object = {}) => ({
  id: 'ch_1',
  object: 'charge',
  status: 'succeeded',
  amount_captured: 10_000,
  amount_refunded: 0,
  payment_method_details: { card: { capture_before: null } },
  ...patch,
});

/** An intent of ours that is captured. */
export const anIntent = (patch: object = {}) => ({
  id: 'pi_1',
  object: 'payment_intent',
  status: 'succeeded',
  amount: 10_000,
  amount_capturable: 0,
  amount_received: 10_000,
  currency: 'eur',
  capture_method: 'automatic',
  cancellation_reason: null,
  metadata: { paysaga_payment: ids.payment, paysaga_operation: ids.charge },
  latest_charge: aCharge(),
  last_payment_error: null,
  ...patch,
});

/** An intent of ours that is authorized and no more. */
export const anAuthorized = (patch: object = {}) =>
  anIntent({
    status: 'requires_capture',
    amount_capturable: 10_000,
    amount_received: 0,
    capture_method: 'manual',
    latest_charge: aCharge({
      amount_captured: 0,
      payment_method_details: { card: { capture_before: captureBefore.theirs } },
    }),
    ...patch,
  });

/** The intent's metadata once operations have left their mark in it. */
export const marked = (marks: Readonly<Record<string, string>>) => ({
  metadata: { ...anIntent().metadata, ...marks },
});

export const aRefund = (patch: object = {}) => ({
  id: 're_1',
  object: 'refund',
  status: 'succeeded',
  amount: 10_000,
  currency: 'eur',
  payment_intent: 'pi_1',
  charge: aCharge({ amount_refunded: 10_000 }),
  metadata: { paysaga_payment: ids.payment, paysaga_operation: ids.operation },
  ...patch,
});

export const aList = (data: readonly unknown[], more: object = {}) => ({
  object: 'list',
  data,
  has_more: false,
  ...more,
});

/** An error of Stripe's. */
export const stripeError = (status: number, error: object): Script =>
  json(status, { error: { message: 'No.', ...error } });

/** Stripe, as an HTTP server that does one script after the other, and the adapter before it. */
export async function scriptedStripe() {
  const psp = await scriptedPsp();
  const provider = (options: Partial<StripeOptions> = {}) =>
    stripeProvider({
      apiKey: async () => 'rk_of_a_test',
      baseUrl: psp.url,
      deadlineMs: 1_000,
      ...options,
    });
  return {
    provider,
    received: psp.received,
    /** The body of a request, as a form. */
    form: (index: number) =>
      Object.fromEntries(new URLSearchParams(psp.received[index]?.body ?? '')),
    answerInTurn: (...scripts: readonly Script[]) => {
      const left = [...scripts];
      psp.answerWith((response) => {
        const next = left.shift();
        if (!next) {
          throw new Error('asked once more than there are answers');
        }
        next(response);
      });
    },
    close: psp.close,
  };
}
