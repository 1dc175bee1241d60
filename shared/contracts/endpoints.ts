import * as z from 'zod/mini';
import { endpoint } from './endpoint.ts';
import { LedgerAccount, LedgerEntry, TrialBalance } from './ledger.ts';
import { CreatePayment, Payment, paymentStatuses } from './payment.ts';
import { PaymentEventSchema } from './payment-events.ts';

/** A page of a list; `next_cursor` is opaque, and null at the end. */
function listOf<Item extends z.ZodMiniType>(item: Item) {
  return z.object({
    object: z.literal('list'),
    data: z.array(item),
    next_cursor: z.nullable(z.string()),
  });
}

const aLimit = { error: 'must be one integer from 1 to 100' };

/** `limit` comes as text in a query: 1 to 100, 20 when absent. */
const Limit = z._default(
  z.pipe(z.string(aLimit).check(z.regex(/^(?:[1-9][0-9]?|100)$/, aLimit)), z.transform(Number)),
  20,
);

const aCursor = { error: 'is not a cursor of this list' };
const Cursor = z.optional(z.string(aCursor).check(z.regex(/^[A-Za-z0-9_-]{1,512}$/, aCursor)));

const NoQuery = z.strictObject({});

/** Every endpoint of the payment API, by name. The API's routes are made from this table. */
export const endpoints = {
  createPayment: endpoint({
    name: 'createPayment',
    method: 'POST',
    path: '/payments',
    summary: 'Takes a payment. Answers 202 at once, or 200 when it settles within `Prefer: wait`.',
    authenticated: true,
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
    authenticated: true,
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
    authenticated: true,
    query: NoQuery,
    answers: { 200: Payment },
    errors: ['not_found'],
  }),
  listPaymentEvents: endpoint({
    name: 'listPaymentEvents',
    method: 'GET',
    path: '/payments/{payment_id}/events',
    summary: 'What happened to one payment, in order.',
    authenticated: true,
    query: NoQuery,
    answers: { 200: listOf(PaymentEventSchema) },
    errors: ['not_found'],
  }),
  listLedgerAccounts: endpoint({
    name: 'listLedgerAccounts',
    method: 'GET',
    path: '/ledger/accounts',
    summary: 'The open accounts of the tenant, with their balances.',
    authenticated: true,
    query: NoQuery,
    answers: { 200: listOf(LedgerAccount) },
    errors: [],
  }),
  getLedgerAccount: endpoint({
    name: 'getLedgerAccount',
    method: 'GET',
    path: '/ledger/accounts/{account_id}',
    summary: 'One account by `<code>.<currency>`, such as `merchant_payable.EUR`.',
    authenticated: true,
    query: NoQuery,
    answers: { 200: LedgerAccount },
    errors: ['not_found'],
  }),
  listLedgerEntries: endpoint({
    name: 'listLedgerEntries',
    method: 'GET',
    path: '/ledger/accounts/{account_id}/entries',
    summary: 'The transfers of one account, newest first.',
    authenticated: true,
    query: z.strictObject({ limit: Limit, cursor: Cursor }),
    answers: { 200: listOf(LedgerEntry) },
    errors: ['not_found'],
  }),
  getTrialBalance: endpoint({
    name: 'getTrialBalance',
    method: 'GET',
    path: '/ledger/trial-balance',
    summary: 'Debits against credits, per currency.',
    authenticated: true,
    query: NoQuery,
    answers: { 200: TrialBalance },
    errors: [],
  }),
  getHealth: endpoint({
    name: 'getHealth',
    method: 'GET',
    path: '/health',
    summary: 'Says that the API answers, and for which stage.',
    authenticated: false,
    query: NoQuery,
    answers: { 200: z.object({ status: z.literal('ok'), stage: z.string() }) },
    errors: [],
  }),
};
