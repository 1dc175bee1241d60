import { expect, it } from 'vitest';
import { camel, groupOf, methodOf, pascal } from './names.ts';

it.each([
  ['createPayment', '/payments', 'create'],
  ['listPayments', '/payments', 'list'],
  ['listPaymentEvents', '/payments/{payment_id}/events', 'events'],
  ['capturePayment', '/payments/{payment_id}/capture', 'capture'],
  ['listCaptures', '/payments/{payment_id}/captures', 'captures'],
  ['getCapture', '/payments/{payment_id}/captures/{operation_id}', 'getCapture'],
  ['getPaymentCustomer', '/payments/{payment_id}/customer', 'getCustomer'],
  ['getTrialBalance', '/ledger/trial-balance', 'getTrialBalance'],
  ['listLedgerAccounts', '/ledger/accounts', 'accounts'],
  ['deleteWebhookEndpoint', '/webhook-endpoints/{endpoint_id}', 'delete'],
  ['rotateWebhookSecret', '/webhook-endpoints/{endpoint_id}/rotate-secret', 'rotateSecret'],
  ['listWebhookDeliveries', '/webhook-endpoints/{endpoint_id}/deliveries', 'deliveries'],
])('%s of %s is called %s', (id, path, method) => {
  expect(methodOf(id, groupOf(path))).toBe(method);
});

it('has one form of a name for types, and one for values', () => {
  expect([pascal('webhook-endpoints'), pascal('too_many_requests'), pascal('getPayment')]).toEqual([
    'WebhookEndpoints',
    'TooManyRequests',
    'GetPayment',
  ]);
  expect([camel('webhook-endpoints'), camel('payment_id'), camel('Events')]).toEqual([
    'webhookEndpoints',
    'paymentId',
    'events',
  ]);
});
