import type { Example } from '../example.ts';

/** Where events are sent: registered before what they are about happens. */
export const webhookEndpointExamples: readonly Example[] = [
  {
    name: 'register-a-webhook',
    endpoint: 'createWebhookEndpoint',
    summary: 'An endpoint for refunds',
    request: {
      body: {
        url: 'https://shop.example/hooks',
        events: ['payment.refunded'],
        description: 'refunds',
      },
    },
    answer: {
      status: 201,
      body: {
        id: '01a20035-88da-7294-b58f-cc1036a9b08f',
        object: 'webhook_endpoint',
        url: 'https://shop.example/hooks',
        description: 'refunds',
        events: ['payment.refunded'],
        status: 'enabled',
        disabled_reason: null,
        failing_since: null,
        secrets: [
          {
            created: '2026-11-21T09:23:58.171Z',
            expires: null,
          },
        ],
        created: '2026-11-21T09:23:58.171Z',
        version: 1,
        secret: 'whsec_...',
      },
    },
    varies: ['/id', '/created', '/secret', '/secrets/0/created'],
  },
  {
    name: 'read-a-webhook',
    endpoint: 'getWebhookEndpoint',
    summary: 'The endpoint, without its secret',
    request: {
      path: {
        endpoint_id: '{register-a-webhook#/id}',
      },
    },
    answer: {
      status: 200,
      headers: {
        ETag: '"1"',
      },
      body: {
        id: '01a20035-88da-7294-b58f-cc1036a9b08f',
        object: 'webhook_endpoint',
        url: 'https://shop.example/hooks',
        description: 'refunds',
        events: ['payment.refunded'],
        status: 'enabled',
        disabled_reason: null,
        failing_since: null,
        secrets: [
          {
            created: '2026-11-21T09:23:58.171Z',
            expires: null,
          },
        ],
        created: '2026-11-21T09:23:58.171Z',
        version: 1,
      },
    },
    varies: ['/id', '/created', '/secrets/0/created'],
  },
  {
    name: 'list-webhooks',
    endpoint: 'listWebhookEndpoints',
    summary: 'Every endpoint of the tenant',
    request: {},
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: '01a20035-88da-7294-b58f-cc1036a9b08f',
            object: 'webhook_endpoint',
            url: 'https://shop.example/hooks',
            description: 'refunds',
            events: ['payment.refunded'],
            status: 'enabled',
            disabled_reason: null,
            failing_since: null,
            secrets: [
              {
                created: '2026-11-21T09:23:58.171Z',
                expires: null,
              },
            ],
            created: '2026-11-21T09:23:58.171Z',
            version: 1,
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data'],
  },
  {
    name: 'change-a-webhook',
    endpoint: 'updateWebhookEndpoint',
    summary: 'Another description',
    request: {
      path: {
        endpoint_id: '{register-a-webhook#/id}',
      },
      body: {
        description: 'refunds alone',
      },
    },
    answer: {
      status: 200,
      body: {
        id: '01a20035-88da-7294-b58f-cc1036a9b08f',
        object: 'webhook_endpoint',
        url: 'https://shop.example/hooks',
        description: 'refunds alone',
        events: ['payment.refunded'],
        status: 'enabled',
        disabled_reason: null,
        failing_since: null,
        secrets: [
          {
            created: '2026-11-21T09:23:58.171Z',
            expires: null,
          },
        ],
        created: '2026-11-21T09:23:58.171Z',
        version: 2,
      },
    },
    varies: ['/id', '/created', '/secrets/0/created'],
  },
  {
    name: 'rotate-a-secret',
    endpoint: 'rotateWebhookSecret',
    summary: 'A new secret; the old one signs beside it for an hour',
    request: {
      path: {
        endpoint_id: '{register-a-webhook#/id}',
      },
      body: {
        overlap_seconds: 3600,
      },
    },
    answer: {
      status: 200,
      body: {
        id: '01a20035-88da-7294-b58f-cc1036a9b08f',
        object: 'webhook_endpoint',
        url: 'https://shop.example/hooks',
        description: 'refunds alone',
        events: ['payment.refunded'],
        status: 'enabled',
        disabled_reason: null,
        failing_since: null,
        secrets: [
          {
            created: '2026-11-21T09:24:07.634Z',
            expires: null,
          },
          {
            created: '2026-11-21T09:23:58.171Z',
            expires: '2026-11-21T09:24:07.634Z',
          },
        ],
        created: '2026-11-21T09:23:58.171Z',
        version: 3,
        secret: 'whsec_...',
      },
    },
    varies: [
      '/id',
      '/created',
      '/secret',
      '/secrets/0/created',
      '/secrets/1/created',
      '/secrets/1/expires',
    ],
  },
];
