import * as z from 'zod/mini';
import { PaymentEventSchema } from '../events/payment-events.ts';
import { CreatePayment, Payment, paymentStatuses } from '../payment.ts';
import { Cursor, Limit, listOf, NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

/** Payments, from their acceptance on. */
export const paymentEndpoints = {
  createPayment: endpoint({
    name: 'createPayment',
    method: 'POST',
    path: '/payments',
    summary: 'Takes a payment. Answers 202 at once, or 200 when it settles within `Prefer: wait`.',
    access: { scope: 'payments:write', action: 'payments:create' },
    body: CreatePayment,
    query: NoQuery,
    answers: { 200: Payment, 202: Payment },
    errors: [
      'unknown_payment_method',
      'idempotency_key_required',
      'idempotency_key_reused',
      'merchant_reference_taken',
      'temporarily_unavailable',
    ],
  }),
  listPayments: endpoint({
    name: 'listPayments',
    method: 'GET',
    path: '/payments',
    summary: 'The payments of the tenant, newest first. Follows the payments within moments.',
    access: { scope: 'payments:read', action: 'payments:read' },
    query: z.strictObject({
      limit: Limit,
      cursor: Cursor,
      status: z.optional(z.enum(paymentStatuses, { error: 'must be one status of a payment' })),
    }),
    answers: { 200: listOf(Payment) },
    errors: [],
  }),
  getPayment: endpoint({
    name: 'getPayment',
    method: 'GET',
    path: '/payments/{payment_id}',
    summary: 'One payment as it is now. `ETag` is its version.',
    access: { scope: 'payments:read', action: 'payments:read' },
    query: NoQuery,
    answers: { 200: Payment },
    errors: ['not_found'],
  }),
  listPaymentEvents: endpoint({
    name: 'listPaymentEvents',
    method: 'GET',
    path: '/payments/{payment_id}/events',
    summary: 'What happened to one payment, in order.',
    access: { scope: 'payments:read', action: 'payments:read' },
    query: NoQuery,
    answers: { 200: listOf(PaymentEventSchema) },
    errors: ['not_found'],
  }),
  getHealth: endpoint({
    name: 'getHealth',
    method: 'GET',
    path: '/health',
    summary: 'Says that the API answers, and for which stage.',
    access: null,
    query: NoQuery,
    answers: { 200: z.object({ status: z.literal('ok'), stage: z.string() }) },
    errors: [],
  }),
};
