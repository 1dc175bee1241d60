import type { Example } from '../example.ts';
import { order1001, order1002, unsettledOperation } from '../known.ts';

/** What is asked of payments that were taken. */
export const operationExamples: readonly Example[] = [
  {
    name: 'capture-a-part',
    endpoint: 'capturePayment',
    summary: 'A part of what is authorized',
    request: {
      path: {
        payment_id: order1002,
      },
      headers: {
        'Idempotency-Key': 'order-1002-first-parcel',
        Prefer: 'wait=10',
      },
      body: {
        amount: 3000,
      },
    },
    answer: {
      status: 200,
      headers: {
        Location: `captures/${unsettledOperation}`,
      },
      body: {
        id: unsettledOperation,
        object: 'capture',
        payment_id: order1002,
        status: 'succeeded',
        amount: 3000,
        currency: 'CAD',
        failure: null,
        created: '2026-11-21T09:25:08.255Z',
        final: false,
      },
    },
    varies: ['/created'],
  },
  {
    name: 'captures',
    endpoint: 'listCaptures',
    summary: 'The captures of a payment',
    request: {
      path: {
        payment_id: order1002,
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: unsettledOperation,
            object: 'capture',
            payment_id: order1002,
            status: 'succeeded',
            amount: 3000,
            currency: 'CAD',
            failure: null,
            created: '2026-11-21T09:25:08.255Z',
            final: false,
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data/0/created'],
  },
  {
    name: 'read-a-capture',
    endpoint: 'getCapture',
    summary: 'One capture',
    request: {
      path: {
        payment_id: order1002,
        operation_id: '{capture-a-part#/id}',
      },
    },
    answer: {
      status: 200,
      body: {
        id: unsettledOperation,
        object: 'capture',
        payment_id: order1002,
        status: 'succeeded',
        amount: 3000,
        currency: 'CAD',
        failure: null,
        created: '2026-11-21T09:25:08.255Z',
        final: false,
      },
    },
    varies: ['/created'],
  },
  {
    name: 'cancel',
    endpoint: 'cancelPayment',
    summary: 'What is left of an authorization is given back',
    request: {
      path: {
        payment_id: order1002,
      },
      headers: {
        'Idempotency-Key': 'order-1002-rest',
        Prefer: 'wait=10',
      },
      body: {
        reason: 'the rest is out of stock',
      },
    },
    answer: {
      status: 200,
      headers: {
        Location: 'cancellations/0edad496-2dc0-8bf4-868a-6d33f9c98031',
      },
      body: {
        id: '0edad496-2dc0-8bf4-868a-6d33f9c98031',
        object: 'cancellation',
        payment_id: order1002,
        status: 'succeeded',
        amount: 2000,
        currency: 'CAD',
        failure: null,
        created: '2026-11-21T09:25:26.428Z',
        cause: 'requested',
        reason: 'the rest is out of stock',
      },
    },
    varies: ['/created'],
  },
  {
    name: 'cancellations',
    endpoint: 'listCancellations',
    summary: 'The cancellations of a payment',
    request: {
      path: {
        payment_id: order1002,
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: '0edad496-2dc0-8bf4-868a-6d33f9c98031',
            object: 'cancellation',
            payment_id: order1002,
            status: 'succeeded',
            amount: 2000,
            currency: 'CAD',
            failure: null,
            created: '2026-11-21T09:25:26.428Z',
            cause: 'requested',
            reason: 'the rest is out of stock',
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data/0/created'],
  },
  {
    name: 'read-a-cancellation',
    endpoint: 'getCancellation',
    summary: 'One cancellation',
    request: {
      path: {
        payment_id: order1002,
        operation_id: '{cancel#/id}',
      },
    },
    answer: {
      status: 200,
      body: {
        id: '0edad496-2dc0-8bf4-868a-6d33f9c98031',
        object: 'cancellation',
        payment_id: order1002,
        status: 'succeeded',
        amount: 2000,
        currency: 'CAD',
        failure: null,
        created: '2026-11-21T09:25:26.428Z',
        cause: 'requested',
        reason: 'the rest is out of stock',
      },
    },
    varies: ['/created'],
  },
  {
    name: 'wrong-state',
    endpoint: 'cancelPayment',
    summary: 'What is captured cannot be canceled',
    request: {
      path: {
        payment_id: order1001,
      },
      headers: {
        'Idempotency-Key': 'order-1001-cancel',
      },
      body: {},
    },
    answer: {
      status: 409,
      body: {
        type: 'urn:paysaga:problem:invalid_state',
        title: 'The state of what this is about does not allow it',
        status: 409,
        detail: 'The payment is captured.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'invalid_state',
        state: 'captured',
        allowed: ['refund'],
      },
    },
  },
];
