import type { Example } from './example.ts';
import { order1001 } from './known.ts';

/** What operators look at, and the erasure of a customer. */
export const operatorExamples: readonly Example[] = [
  {
    name: 'health',
    endpoint: 'getHealth',
    summary: 'The API answers',
    request: {},
    answer: {
      status: 200,
      body: {
        status: 'ok',
        stage: 'local',
      },
    },
  },
  {
    name: 'parked',
    endpoint: 'listParked',
    summary: 'What waits for a person',
    request: {
      query: {
        limit: '1',
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
    varies: ['/data', '/next_cursor'],
  },
  {
    name: 'nothing-parked',
    endpoint: 'resolveParked',
    summary: 'An operation that the payment has not',
    as: 'operations',
    request: {
      path: {
        payment_id: order1001,
      },
      body: {
        operation_id: order1001,
        outcome: 'ask',
        reason: 'The PSP says that it has it.',
      },
    },
    answer: {
      status: 404,
      body: {
        type: 'urn:paysaga:problem:not_found',
        title: 'There is nothing here',
        status: 404,
        detail: 'The payment has no such operation.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'not_found',
      },
    },
  },
  {
    name: 'erase',
    endpoint: 'eraseCustomer',
    summary: 'A customer’s personal data is erased for good',
    request: {
      path: {
        customer_id: 'customer-42',
      },
      body: {
        reason: 'request 4711 of 2026-11-20',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'customer_erasure',
        id: 'customer-42',
        erased_at: '2026-11-21T09:30:00.000Z',
      },
    },
    varies: ['/erased_at'],
  },
  {
    name: 'erased',
    endpoint: 'getPaymentCustomer',
    summary: 'A payment’s customer after the erasure',
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
        name: null,
        email: null,
        erased: true,
        payment_id: order1001,
      },
    },
  },
];
