import { requestedId } from '../../domain/ids.ts';
import { operationsTenant } from '../../domain/settlement/break.ts';
import type { Example } from './example.ts';
import { order1001 } from './known.ts';

/** The answer to a letter that there is not. */
const noLetter = {
  type: 'urn:paysaga:problem:not_found',
  title: 'There is nothing here',
  status: 404,
  detail: 'There is no letter with this id.',
  instance: 'urn:paysaga:request:5b1f0a52-6f0e-4d0c-9f54-0c8f8a0f2a11',
  code: 'not_found',
};

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
    name: 'overview',
    endpoint: 'getOverview',
    summary: 'What the stage does now',
    as: 'operations',
    request: {},
    answer: {
      status: 200,
      body: {
        object: 'overview',
        time: '2026-11-21T09:30:12.345Z',
        tenants: ['acme', 'globex'],
        window: {
          minutes: 60,
          since: '2026-11-21T08:31:00.000Z',
          examined: 3,
          truncated: false,
        },
        payments: {
          accepted: 3,
          captured: 1,
          authorized: 0,
          processing: 0,
          failed: 1,
          canceled: 1,
        },
        per_minute: [
          { minute: '2026-11-21T09:29:00.000Z', accepted: 2, settled: 2, failed: 0 },
          { minute: '2026-11-21T09:30:00.000Z', accepted: 1, settled: 0, failed: 1 },
        ],
        time_to_settle_ms: { p50: 210, p90: 480, p99: 480, samples: 3 },
        failures: [{ code: 'insufficient_funds', count: 1 }],
        parked: { count: 0, at_risk: [], oldest: null, more: false },
        dead_letters: { count: 0, queues: [{ name: 'payments-relay', count: 0 }] },
        providers: [{ name: 'simulator', state: 'closed', since: null, until: null }],
      },
    },
    varies: [
      '/time',
      '/tenants',
      '/window',
      '/payments',
      '/per_minute',
      '/time_to_settle_ms',
      '/failures',
      '/parked',
      '/dead_letters',
      '/providers',
    ],
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
    name: 'dead-letters',
    endpoint: 'listDeadLetters',
    summary: 'One queue of dead letters, with nothing in it',
    as: 'operations',
    request: {
      query: {
        queue: 'ledger-audit',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'dead_letter_report',
        queues: [
          {
            name: 'ledger-audit',
            kind: 'schedule',
            function: 'paysaga-local-ledger-audit',
            letters: [],
            more: false,
            taken_by_others: 0,
          },
        ],
      },
    },
  },
  {
    name: 'no-dead-letter',
    endpoint: 'getDeadLetter',
    summary: 'A dead letter that there is not',
    as: 'operations',
    request: {
      path: {
        letter_id: order1001,
      },
    },
    answer: {
      status: 404,
      body: noLetter,
    },
  },
  {
    name: 'approve-redrive',
    endpoint: 'approveOperatorAct',
    summary: 'An operator agrees to what another one is going to do',
    as: 'operations',
    request: {
      headers: {
        'Idempotency-Key': 'redrive-4711',
      },
      body: {
        act: 'dead_letter.redrive',
        subject: order1001,
        reason: 'The table was throttled, and is not any more.',
      },
    },
    answer: {
      status: 201,
      body: {
        id: requestedId(operationsTenant, 'POST /operations/approvals', 'redrive-4711'),
        object: 'operator_approval',
        act: 'dead_letter.redrive',
        subject: order1001,
        outcome: null,
        provider_reference: null,
        force: false,
        reason: 'The table was throttled, and is not any more.',
        approved_by: 'key:5b1f0a526f0e',
        created: '2026-11-21T09:30:00.000Z',
        expires: '2026-11-22T09:30:00.000Z',
      },
    },
    varies: ['/approved_by', '/created', '/expires'],
  },
  {
    name: 'redrive-nothing',
    endpoint: 'redriveDeadLetter',
    summary: 'A dry run of a letter that there is not',
    as: 'operations',
    request: {
      path: {
        letter_id: order1001,
      },
      body: {
        dry_run: true,
        reason: 'The table was throttled, and is not any more.',
      },
    },
    answer: {
      status: 404,
      body: noLetter,
    },
  },
  {
    name: 'discard-nothing',
    endpoint: 'discardDeadLetter',
    summary: 'A letter that there is not cannot be discarded',
    as: 'operations',
    request: {
      path: {
        letter_id: order1001,
      },
      body: {
        reason: 'It was sent by hand, and is of nobody.',
      },
    },
    answer: {
      status: 404,
      body: noLetter,
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
