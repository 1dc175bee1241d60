import * as z from 'zod/mini';
import { PaymentEventSchema } from '../../events/payment-events.ts';
import { CreatePayment, Payment } from '../../payment.ts';
import { Cursor, HistoryLimit, listOf, NoQuery, WhichVersion } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { PaymentSearch } from './payment-search.ts';

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
    takes: ['Prefer'],
    gives: ['Location'],
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
    summary:
      'The payments of the tenant that match all filters, newest first. Follows the payments within moments; with `min_version`, waits for one.',
    access: { scope: 'payments:read', action: 'payments:read' },
    query: PaymentSearch,
    answers: { 200: listOf(Payment) },
    errors: ['not_found', 'version_not_reached'],
  }),
  getPayment: endpoint({
    name: 'getPayment',
    method: 'GET',
    path: '/payments/{payment_id}',
    summary:
      'One payment as it is now, if it has come to `min_version`; or as version `at_version` left it. `ETag` is its version.',
    access: { scope: 'payments:read', action: 'payments:read' },
    query: WhichVersion,
    takes: ['If-None-Match'],
    gives: ['ETag'],
    answers: { 200: Payment },
    errors: ['not_found', 'version_not_reached'],
  }),
  listPaymentEvents: endpoint({
    name: 'listPaymentEvents',
    method: 'GET',
    path: '/payments/{payment_id}/events',
    summary: 'What happened to one payment, oldest first: up to 100 events, or `limit`.',
    access: { scope: 'payments:read', action: 'payments:read' },
    query: z.strictObject({ limit: HistoryLimit, cursor: Cursor }),
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
