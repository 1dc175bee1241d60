import type { Example } from '../example.ts';
import { order1001, order1002, order1003 } from '../known.ts';

/** Payments, and what is read of them. */
export const paymentExamples: readonly Example[] = [
  {
    name: 'pay',
    endpoint: 'createPayment',
    summary: 'A payment that is captured within the wait',
    request: {
      headers: {
        'Idempotency-Key': 'order-1001',
        Prefer: 'wait=10',
      },
      body: {
        amount: 10000,
        currency: 'CAD',
        payment_method: 'tok_approve',
        merchant_reference: 'order-1001',
        customer: {
          id: 'customer-42',
          name: 'Ada Example',
          email: 'ada@shop.example',
        },
        metadata: {
          cart: '7f3a',
        },
      },
    },
    answer: {
      status: 200,
      headers: {
        Location: `payments/${order1001}`,
        'Preference-Applied': 'wait=10',
      },
      body: {
        id: order1001,
        object: 'payment',
        status: 'captured',
        amount: 10000,
        currency: 'CAD',
        amount_authorized: 10000,
        amount_captured: 10000,
        amount_refunded: 0,
        capture_method: 'automatic',
        payment_method: 'tok_approve',
        merchant_reference: 'order-1001',
        customer: 'customer-42',
        metadata: {
          cart: '7f3a',
        },
        failure: null,
        created: '2026-11-21T09:24:09.453Z',
        version: 3,
      },
    },
    varies: ['/created'],
  },
  {
    name: 'authorize',
    endpoint: 'createPayment',
    summary: 'A payment that waits for its capture',
    request: {
      headers: {
        'Idempotency-Key': 'order-1002',
        Prefer: 'wait=10',
      },
      body: {
        amount: 5000,
        currency: 'CAD',
        payment_method: 'tok_approve',
        capture_method: 'manual',
      },
    },
    answer: {
      status: 200,
      body: {
        id: order1002,
        object: 'payment',
        status: 'authorized',
        amount: 5000,
        currency: 'CAD',
        amount_authorized: 5000,
        amount_captured: 0,
        amount_refunded: 0,
        capture_method: 'manual',
        payment_method: 'tok_approve',
        merchant_reference: null,
        customer: null,
        metadata: {},
        failure: null,
        created: '2026-11-21T09:24:20.377Z',
        version: 3,
      },
    },
    varies: ['/created'],
  },
  {
    name: 'pay-later',
    endpoint: 'createPayment',
    summary: 'A payment that is taken; what becomes of it is read later',
    request: {
      headers: {
        'Idempotency-Key': 'order-1003',
      },
      body: {
        amount: 2500,
        currency: 'CAD',
        payment_method: 'tok_decline_insufficient_funds',
      },
    },
    answer: {
      status: 202,
      headers: {
        Location: `payments/${order1003}`,
      },
      body: {
        id: order1003,
        object: 'payment',
        status: 'processing',
        amount: 2500,
        currency: 'CAD',
        amount_authorized: 0,
        amount_captured: 0,
        amount_refunded: 0,
        capture_method: 'automatic',
        payment_method: 'tok_decline_insufficient_funds',
        merchant_reference: null,
        customer: null,
        metadata: {},
        failure: null,
        created: '2026-11-21T09:24:09.453Z',
        version: 1,
      },
    },
    varies: ['/created'],
  },
  {
    name: 'declined',
    endpoint: 'getPayment',
    summary: 'A payment that the PSP declined',
    request: {
      path: {
        payment_id: order1003,
      },
    },
    answer: {
      status: 200,
      headers: {
        ETag: '"5"',
      },
      body: {
        id: order1003,
        object: 'payment',
        status: 'failed',
        amount: 2500,
        currency: 'CAD',
        amount_authorized: 0,
        amount_captured: 0,
        amount_refunded: 0,
        capture_method: 'automatic',
        payment_method: 'tok_decline_insufficient_funds',
        merchant_reference: null,
        customer: null,
        metadata: {},
        failure: {
          code: 'insufficient_funds',
          message: 'The account has too little money.',
        },
        created: '2026-11-21T09:24:09.453Z',
        version: 5,
      },
    },
    varies: ['/created'],
  },
  {
    name: 'find',
    endpoint: 'listPayments',
    summary: 'By the merchant’s own reference',
    request: {
      query: {
        merchant_reference: 'order-1001',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: order1001,
            object: 'payment',
            status: 'captured',
            amount: 10000,
            currency: 'CAD',
            amount_authorized: 10000,
            amount_captured: 10000,
            amount_refunded: 0,
            capture_method: 'automatic',
            payment_method: 'tok_approve',
            merchant_reference: 'order-1001',
            customer: 'customer-42',
            metadata: {
              cart: '7f3a',
            },
            failure: null,
            created: '2026-11-21T09:24:09.453Z',
            version: 3,
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data/0/created'],
  },
  {
    name: 'read',
    endpoint: 'getPayment',
    summary: 'A payment as it is now',
    request: {
      path: {
        payment_id: order1001,
      },
    },
    answer: {
      status: 200,
      headers: {
        ETag: '"3"',
      },
      body: {
        id: order1001,
        object: 'payment',
        status: 'captured',
        amount: 10000,
        currency: 'CAD',
        amount_authorized: 10000,
        amount_captured: 10000,
        amount_refunded: 0,
        capture_method: 'automatic',
        payment_method: 'tok_approve',
        merchant_reference: 'order-1001',
        customer: 'customer-42',
        metadata: {
          cart: '7f3a',
        },
        failure: null,
        created: '2026-11-21T09:24:09.453Z',
        version: 3,
      },
    },
    varies: ['/created'],
  },
];
