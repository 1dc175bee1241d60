import type { Example } from '../example.ts';
import { order1001 } from '../known.ts';

/** What became of webhooks, and notices that come in. */
export const deliveryExamples: readonly Example[] = [
  {
    name: 'deliveries',
    endpoint: 'listWebhookDeliveries',
    summary: 'What is on its way to an endpoint',
    request: {
      path: {
        endpoint_id: '{register-a-webhook#/id}',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: '01a20037-25f1-8e1d-a594-8da24f8e9f79',
            object: 'webhook_delivery',
            endpoint_id: '01a20035-88da-7294-b58f-cc1036a9b08f',
            event: {
              id: '01a20037-25f1-7439-b921-8b5f0a7cb791',
              type: 'payment.refunded',
              subject: order1001,
              sequence: 6,
            },
            status: 'pending',
            attempts: [
              {
                number: 1,
                time: '2026-11-21T09:25:46.911Z',
                status: null,
                reason: 'the host name does not resolve: ENOTFOUND',
                duration_ms: 95,
              },
              {
                number: 2,
                time: '2026-11-21T09:25:49.033Z',
                status: null,
                reason: 'the host name does not resolve: ENOTFOUND',
                duration_ms: 1,
              },
              {
                number: 3,
                time: '2026-11-21T09:25:52.075Z',
                status: null,
                reason: 'the host name does not resolve: ENOTFOUND',
                duration_ms: 1,
              },
              {
                number: 4,
                time: '2026-11-21T09:25:56.298Z',
                status: null,
                reason: 'the host name does not resolve: ENOTFOUND',
                duration_ms: 4,
              },
              {
                number: 5,
                time: '2026-11-21T09:26:01.058Z',
                status: null,
                reason: 'the host name does not resolve: ENOTFOUND',
                duration_ms: 50,
              },
            ],
            next_attempt: '2026-11-21T09:26:06.108Z',
            created: '2026-11-21T09:25:44.715Z',
          },
        ],
        next_cursor: null,
      },
    },
    varies: [
      '/data/0/id',
      '/data/0/endpoint_id',
      '/data/0/event/id',
      '/data/0/status',
      '/data/0/attempts',
      '/data/0/next_attempt',
      '/data/0/created',
    ],
  },
  {
    name: 'resend',
    endpoint: 'resendWebhook',
    summary: 'Once more, at once',
    request: {
      path: {
        endpoint_id: '{register-a-webhook#/id}',
        delivery_id: '{deliveries#/data/0/id}',
      },
    },
    answer: {
      status: 202,
      body: {
        id: '01a20037-25f1-8e1d-a594-8da24f8e9f79',
        object: 'webhook_delivery',
        endpoint_id: '01a20035-88da-7294-b58f-cc1036a9b08f',
        event: {
          id: '01a20037-25f1-7439-b921-8b5f0a7cb791',
          type: 'payment.refunded',
          subject: order1001,
          sequence: 6,
        },
        status: 'pending',
        attempts: [
          {
            number: 1,
            time: '2026-11-21T09:25:46.911Z',
            status: null,
            reason: 'the host name does not resolve: ENOTFOUND',
            duration_ms: 95,
          },
          {
            number: 2,
            time: '2026-11-21T09:25:49.033Z',
            status: null,
            reason: 'the host name does not resolve: ENOTFOUND',
            duration_ms: 1,
          },
          {
            number: 3,
            time: '2026-11-21T09:25:52.075Z',
            status: null,
            reason: 'the host name does not resolve: ENOTFOUND',
            duration_ms: 1,
          },
          {
            number: 4,
            time: '2026-11-21T09:25:56.298Z',
            status: null,
            reason: 'the host name does not resolve: ENOTFOUND',
            duration_ms: 4,
          },
          {
            number: 5,
            time: '2026-11-21T09:26:01.058Z',
            status: null,
            reason: 'the host name does not resolve: ENOTFOUND',
            duration_ms: 50,
          },
        ],
        next_attempt: '2026-11-21T09:26:05.166Z',
        created: '2026-11-21T09:25:44.715Z',
      },
    },
    varies: [
      '/id',
      '/endpoint_id',
      '/event/id',
      '/status',
      '/attempts',
      '/next_attempt',
      '/created',
    ],
  },
  {
    name: 'delete-a-webhook',
    endpoint: 'deleteWebhookEndpoint',
    summary: 'An endpoint that is not needed any more',
    request: {
      path: {
        endpoint_id: '{register-a-webhook#/id}',
      },
    },
    answer: {
      status: 204,
      body: '',
    },
  },
  {
    name: 'unsigned-notice',
    endpoint: 'takeProviderWebhook',
    summary: 'A notice that nobody has signed',
    as: 'nobody',
    request: {
      path: {
        provider: 'simulator',
      },
      body: {
        type: 'dispute.opened',
      },
    },
    answer: {
      status: 401,
      body: {
        type: 'urn:paysaga:problem:invalid_signature',
        title: 'The webhook is not signed as it must be',
        status: 401,
        detail: 'The request has no signature that is valid here.',
        instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
        code: 'invalid_signature',
      },
    },
  },
];
