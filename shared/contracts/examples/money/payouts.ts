import type { Example } from '../example.ts';
import { nobodys, payout1 } from '../known.ts';

/** What is settled, and can be paid out. */
export const payoutExamples: readonly Example[] = [
  {
    name: 'pay-out',
    endpoint: 'createPayout',
    summary: 'A payout that the bank has within the wait',
    request: {
      headers: {
        'Idempotency-Key': 'payout-1',
        Prefer: 'wait=10',
      },
      body: {
        amount: 1000,
        currency: 'CAD',
        destination: 'ba_approve',
      },
    },
    answer: {
      status: 200,
      headers: {
        Location: `payouts/${payout1}`,
      },
      body: {
        id: payout1,
        object: 'payout',
        status: 'in_transit',
        amount: 1000,
        currency: 'CAD',
        destination: 'ba_approve',
        metadata: {},
        failure: null,
        created: '2026-11-21T09:30:00.000Z',
        version: 4,
      },
    },
    varies: ['/created', '/status', '/version'],
  },
  {
    name: 'read-a-payout',
    endpoint: 'getPayout',
    summary: 'A payout',
    request: {
      path: {
        payout_id: '{pay-out#/id}',
      },
    },
    answer: {
      status: 200,
      body: {
        id: payout1,
        object: 'payout',
        status: 'in_transit',
        amount: 1000,
        currency: 'CAD',
        destination: 'ba_approve',
        metadata: {},
        failure: null,
        created: '2026-11-21T09:30:00.000Z',
        version: 4,
      },
    },
    varies: ['/created', '/status', '/version'],
  },
  {
    name: 'payouts',
    endpoint: 'listPayouts',
    summary: 'The newest payout',
    request: {
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
            id: payout1,
            object: 'payout',
            status: 'in_transit',
            amount: 1000,
            currency: 'CAD',
            destination: 'ba_approve',
            metadata: {},
            failure: null,
            created: '2026-11-21T09:30:00.000Z',
            version: 4,
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data/0/created', '/data/0/status', '/data/0/version', '/next_cursor'],
  },
  {
    name: 'payout-events',
    endpoint: 'listPayoutEvents',
    summary: 'The first thing that happened to a payout',
    request: {
      path: {
        payout_id: '{pay-out#/id}',
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
            id: '01a20037-25f1-7439-b921-8b5f0a7cb791',
            type: 'payout.requested',
            version: 1,
            time: '2026-11-21T09:30:00.000Z',
            tenant: 'acme',
            subject: payout1,
            sequence: 1,
            correlation_id: '5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
            causation_id: '5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
            data: {
              request: {
                amount: 1000,
                currency: 'CAD',
                destination: 'ba_approve',
                metadata: {},
              },
              request_hash: '30da8c670403d94fe9e2b9da95ee1de473e1403aef3559d9f7fee97b366c0b6c',
              payout: {
                id: payout1,
                object: 'payout',
                status: 'processing',
                amount: 1000,
                currency: 'CAD',
                destination: 'ba_approve',
                metadata: {},
                failure: null,
                created: '2026-11-21T09:30:00.000Z',
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
      '/data/0/data/payout/created',
    ],
  },
  {
    name: 'convert-too-much',
    endpoint: 'createConversion',
    summary: 'More than is available',
    request: {
      headers: {
        'Idempotency-Key': 'conversion-1',
      },
      body: {
        amount: 900000000,
        from: 'KWD',
        to: 'EUR',
      },
    },
    answer: {
      status: 409,
      body: {
        type: 'urn:paysaga:problem:insufficient_funds',
        title: 'Less is available than is asked for',
        status: 409,
        detail: 'Less is available than is to be sold.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'insufficient_funds',
        available: 0,
      },
    },
    varies: ['/available'],
  },
  {
    name: 'no-such-conversion',
    endpoint: 'getConversion',
    summary: 'An id of nobody',
    request: {
      path: {
        conversion_id: nobodys,
      },
    },
    answer: {
      status: 404,
      body: {
        type: 'urn:paysaga:problem:not_found',
        title: 'There is nothing here',
        status: 404,
        detail: 'There is no conversion with this id.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'not_found',
      },
    },
  },
];
