import type { Example } from '../example.ts';
import { order1001 } from '../known.ts';

/** Captured money that is given back. */
export const refundExamples: readonly Example[] = [
  {
    name: 'approve-a-refund',
    endpoint: 'approveRefund',
    summary: 'Whoever refunds does not approve: the key has not the scope',
    request: {
      path: {
        payment_id: order1001,
      },
      headers: {
        'Idempotency-Key': 'order-1001-approval',
      },
      body: {
        amount: 2500,
        reason: 'one of four was broken',
      },
    },
    answer: {
      status: 403,
      body: {
        type: 'urn:paysaga:problem:forbidden',
        title: 'The key may not do this',
        status: 403,
        detail: 'The key has not the scope approvals:write.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'forbidden',
      },
    },
  },
  {
    name: 'refund',
    endpoint: 'refundPayment',
    summary: 'A part of what was captured',
    request: {
      path: {
        payment_id: order1001,
      },
      headers: {
        'Idempotency-Key': 'order-1001-refund',
        Prefer: 'wait=10',
      },
      body: {
        amount: 2500,
        reason: 'one of four was broken',
      },
    },
    answer: {
      status: 200,
      headers: {
        Location: 'refunds/be6ce5aa-b1b6-8093-8531-9ed10a2b3df3',
      },
      body: {
        id: 'be6ce5aa-b1b6-8093-8531-9ed10a2b3df3',
        object: 'refund',
        payment_id: order1001,
        status: 'succeeded',
        amount: 2500,
        currency: 'CAD',
        failure: null,
        created: '2026-11-21T09:25:39.060Z',
        reason: 'one of four was broken',
      },
    },
    varies: ['/created'],
  },
  {
    name: 'too-much',
    endpoint: 'refundPayment',
    summary: 'More than is left to refund',
    request: {
      path: {
        payment_id: order1001,
      },
      headers: {
        'Idempotency-Key': 'order-1001-refund-2',
      },
      body: {
        amount: 8000,
      },
    },
    answer: {
      status: 409,
      body: {
        type: 'urn:paysaga:problem:amount_too_large',
        title: 'The amount is more than there is left',
        status: 409,
        detail: 'Less than this is left that can be refunded.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'amount_too_large',
        available: 7500,
      },
    },
  },
  {
    name: 'refunds',
    endpoint: 'listRefunds',
    summary: 'The refunds of a payment',
    request: {
      path: {
        payment_id: order1001,
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: 'be6ce5aa-b1b6-8093-8531-9ed10a2b3df3',
            object: 'refund',
            payment_id: order1001,
            status: 'succeeded',
            amount: 2500,
            currency: 'CAD',
            failure: null,
            created: '2026-11-21T09:25:39.060Z',
            reason: 'one of four was broken',
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data/0/created'],
  },
  {
    name: 'read-a-refund',
    endpoint: 'getRefund',
    summary: 'One refund',
    request: {
      path: {
        payment_id: order1001,
        operation_id: '{refund#/id}',
      },
    },
    answer: {
      status: 200,
      body: {
        id: 'be6ce5aa-b1b6-8093-8531-9ed10a2b3df3',
        object: 'refund',
        payment_id: order1001,
        status: 'succeeded',
        amount: 2500,
        currency: 'CAD',
        failure: null,
        created: '2026-11-21T09:25:39.060Z',
        reason: 'one of four was broken',
      },
    },
    varies: ['/created'],
  },
  {
    name: 'disputes',
    endpoint: 'listDisputes',
    summary: 'A payment that nobody disputes',
    request: {
      path: {
        payment_id: order1001,
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [],
        next_cursor: null,
      },
    },
  },
];
