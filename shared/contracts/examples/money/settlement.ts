import type { Example } from '../example.ts';
import { missingLine, order1002, unsettledOperation } from '../known.ts';

/** A file of a PSP against the ledger. */
export const settlementExamples: readonly Example[] = [
  {
    name: 'runs',
    endpoint: 'listRuns',
    summary: 'The newest settlement file',
    after: 'settlement',
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
            id: '434c1058-7ab4-8629-8887-6c36524ca4fd',
            object: 'reconciliation_run',
            provider: 'simulator',
            file: 'simulator/2026-11-21-000001.csv',
            status: 'finished',
            cut_off: '2026-11-21T09:30:00.000Z',
            started: '2026-11-21T09:30:00.000Z',
            ended: '2026-11-21T09:30:00.000Z',
            lines: 2,
            matched: 2,
            breaks: {
              missing_line: 1,
              extra_line: 0,
              wrong_amount: 0,
              wrong_currency: 0,
              duplicate_line: 0,
              unreadable_line: 0,
            },
            posted: [
              {
                currency: 'CAD',
                settled: 9880,
                psp_fee: 120,
                settled_back: 2500,
                made_available: 9710,
                taken_back: 2500,
                owed: 0,
                debt_paid: 0,
              },
            ],
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data', '/next_cursor'],
  },
  {
    name: 'breaks',
    endpoint: 'listBreaks',
    summary: 'What is ours and in no file',
    request: {
      query: {
        status: 'open',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: missingLine,
            object: 'reconciliation_break',
            kind: 'missing_line',
            status: 'open',
            provider: 'simulator',
            file: 'simulator/2026-11-21-000001.csv',
            line: null,
            line_id: null,
            type: 'capture',
            payment_id: order1002,
            operation_id: unsettledOperation,
            ours: {
              amount: 3000,
              currency: 'CAD',
            },
            theirs: null,
            tenant: 'acme',
            created: '2026-11-21T09:30:00.000Z',
            resolution: null,
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data', '/next_cursor'],
  },
  {
    name: 'read-a-break',
    endpoint: 'getBreak',
    summary: 'One break',
    request: {
      path: {
        break_id: missingLine,
      },
    },
    answer: {
      status: 200,
      body: {
        id: missingLine,
        object: 'reconciliation_break',
        kind: 'missing_line',
        status: 'open',
        provider: 'simulator',
        file: 'simulator/2026-11-21-000001.csv',
        line: null,
        line_id: null,
        type: 'capture',
        payment_id: order1002,
        operation_id: unsettledOperation,
        ours: {
          amount: 3000,
          currency: 'CAD',
        },
        theirs: null,
        tenant: 'acme',
        created: '2026-11-21T09:30:00.000Z',
        resolution: null,
      },
    },
    varies: ['/created', '/file'],
  },
  {
    name: 'resolve-a-break',
    endpoint: 'resolveBreak',
    summary: 'Closed by a person, with a reason',
    as: 'operations',
    request: {
      path: {
        break_id: missingLine,
      },
      body: {
        reason: 'The PSP settles it tomorrow, ticket 4711.',
      },
    },
    answer: {
      status: 200,
      body: {
        id: missingLine,
        object: 'reconciliation_break',
        kind: 'missing_line',
        status: 'resolved',
        provider: 'simulator',
        file: 'simulator/2026-11-21-000001.csv',
        line: null,
        line_id: null,
        type: 'capture',
        payment_id: order1002,
        operation_id: unsettledOperation,
        ours: {
          amount: 3000,
          currency: 'CAD',
        },
        theirs: null,
        tenant: 'acme',
        created: '2026-11-21T09:30:00.000Z',
        resolution: {
          reason: 'The PSP settles it tomorrow, ticket 4711.',
          by: 'operations',
          time: '2026-11-21T09:30:00.000Z',
        },
      },
    },
    varies: ['/created', '/file', '/resolution/time', '/resolution/by'],
  },
];
