import type { StripeOptions } from '../../../shared/adapters/stripe/sdk/client.ts';
import { stripeProvider } from '../../../shared/adapters/stripe/stripe-provider.ts';
import type { ChargeRequest, InquiryRequest } from '../../../shared/ports/provider.ts';
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

/** What every operation on the charge names. */
export const anOperation = { operationId: ids.operation, providerReference: 'pi_1' } as const;

/** The intent once the operation has captured so much of it. */
export const aCaptured = (amount = 10_000, patch: object = {}) =>
  anAuthorized({
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: amount,
    ...marked({ [ids.operation]: `capture ${amount}` }),
    ...patch,
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

/** What an operation comes to. */
export const done = { kind: 'done' } as const;
export const unknown = (reason: string) => ({ kind: 'unknown', reason });
export const rejected = (code: string, ours = 'provider_rejected') => ({
  kind: 'declined',
  code: ours,
  message: code,
});

/** What an inquiry comes to, besides. */
export const notFound = { kind: 'not_found' } as const;
export const unavailable = (reason: unknown) => ({ kind: 'unavailable', reason });

/** The search finds the intent, as it was some time ago; then it is read. */
export const found = (intent: object) =>
  [json(200, aList([anIntent({ latest_charge: 'ch_1' })])), json(200, intent)] as const;

/** What an inquiry about the charge, or an operation on it, asks. */
export const anInquiry = (
  kind: InquiryRequest['kind'],
  patch: Partial<InquiryRequest> = {},
): InquiryRequest => ({
  kind,
  operationId: kind === 'charge' ? ids.charge : ids.operation,
  reference: ids.payment,
  providerReference: null,
  amountMinor: 10_000,
  currency: 'EUR',
  ...patch,
});

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
