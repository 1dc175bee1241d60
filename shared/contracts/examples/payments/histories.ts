import type { Example } from '../example.ts';
import { order1001 } from '../known.ts';

/** What was, and who pays. */
export const historyExamples: readonly Example[] = [
  {
    name: 'read-a-version',
    endpoint: 'getPayment',
    summary: 'A payment as it was at first',
    request: {
      path: {
        payment_id: order1001,
      },
      query: {
        at_version: '1',
      },
    },
    answer: {
      status: 200,
      headers: {
        ETag: '"1"',
      },
      body: {
        id: order1001,
        object: 'payment',
        status: 'processing',
        amount: 10000,
        currency: 'CAD',
        amount_authorized: 0,
        amount_captured: 0,
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
        version: 1,
      },
    },
    varies: ['/created'],
  },
  {
    name: 'events',
    endpoint: 'listPaymentEvents',
    summary: 'The first thing that happened to a payment',
    request: {
      path: {
        payment_id: order1001,
      },
      query: {
        limit: '1',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: '01a20035-b4ed-77a8-b5b3-aead767eb691',
            type: 'payment.accepted',
            version: 2,
            time: '2026-11-21T09:24:09.453Z',
            tenant: 'acme',
            subject: order1001,
            sequence: 1,
            correlation_id: '6e2b4773-bdea-4160-8f40-ddbbf4380d6b',
            causation_id: '6e2b4773-bdea-4160-8f40-ddbbf4380d6b',
            data: {
              request: {
                amount: 10000,
                currency: 'CAD',
                payment_method: 'tok_approve',
                capture_method: 'automatic',
                merchant_reference: 'order-1001',
                customer: {
                  id: 'customer-42',
                  personal_data: {
                    key_id: '9a39ec1f-a941-4857-a98e-5768d847d3f8',
                    digest: '2e9973274722acf2ce00d2d641cb59b59cd5c5099a46d82662af1c1d11d0bf1b',
                    box: 'nP01CUAIORf1kEOlcJD8q9xBG0J5z5xwPjbZtEFZ0ty7seYeWG0dEJEUFEvpJKLovrLUU6VMSsOFWZzL2fOaA1MiKXCS71j_ciyVG6IcUspXKODLHkjYbz2_8tc',
                  },
                },
                metadata: {
                  cart: '7f3a',
                },
              },
              request_hash: '61a29853f327d529463b93cf7a908d00dc7581b9fe55cbfca47996a27c6eba84',
              payment: {
                id: order1001,
                object: 'payment',
                status: 'processing',
                amount: 10000,
                currency: 'CAD',
                amount_authorized: 0,
                amount_captured: 0,
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
                version: 1,
              },
            },
          },
        ],
        next_cursor: 'MQ',
      },
    },
    varies: [
      '/next_cursor',
      '/data/0/id',
      '/data/0/time',
      '/data/0/correlation_id',
      '/data/0/causation_id',
      '/data/0/data/request_hash',
      '/data/0/data/payment/created',
      '/data/0/data/request/customer/personal_data',
    ],
  },
  {
    name: 'who-pays',
    endpoint: 'getPaymentCustomer',
    summary: 'The personal data that came with a payment',
    request: {
      path: {
        payment_id: order1001,
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'customer',
        id: 'customer-42',
        name: 'Ada Example',
        email: 'ada@shop.example',
        erased: false,
        payment_id: order1001,
      },
    },
  },
];
