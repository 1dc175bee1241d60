import type { Example } from '../example.ts';

/** Sums: of the books, of days. */
export const reportExamples: readonly Example[] = [
  {
    name: 'trial-balance',
    endpoint: 'getTrialBalance',
    summary: 'Debits against credits',
    request: {},
    answer: {
      status: 200,
      body: {
        currencies: [
          {
            currency: 'CAD',
            debits_pending: 0,
            credits_pending: 0,
            debits_posted: 18377,
            credits_posted: 18377,
            difference: 0,
            as_of: '2026-11-21T09:25:43.921Z',
          },
        ],
      },
    },
    varies: ['/currencies'],
  },
  {
    name: 'daily-totals',
    endpoint: 'listDailyTotals',
    summary: 'What today came to',
    request: {
      query: {
        currency: 'CAD',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            object: 'daily_totals',
            day: '2026-11-21',
            currency: 'CAD',
            accepted: {
              count: 3,
              amount: 17500,
            },
            authorized: {
              count: 1,
              amount: 5000,
            },
            captured: {
              count: 2,
              amount: 13000,
            },
            fees: {
              count: 2,
              amount: 377,
            },
            refunded: {
              count: 1,
              amount: 2500,
            },
            failed: {
              count: 1,
              amount: 2500,
            },
            canceled: {
              count: 1,
              amount: 2000,
            },
            expired: {
              count: 0,
              amount: 0,
            },
            disputes_opened: {
              count: 0,
              amount: 0,
            },
            dispute_fees: {
              count: 0,
              amount: 0,
            },
            disputes_won: {
              count: 0,
            },
            disputes_lost: {
              count: 0,
            },
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data/0/day'],
  },
  {
    name: 'balances',
    endpoint: 'getBalanceReport',
    summary: 'What is the merchant’s at the end of each day',
    request: {
      query: {
        currency: 'CAD',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'balance_report',
        currency: 'CAD',
        from: '2026-11-21',
        to: '2026-11-21',
        as_of: '2026-11-21T09:25:43.921Z',
        data: [
          {
            object: 'daily_balances',
            day: '2026-11-21',
            merchant_payable: {
              posted: 10123,
              pending: 0,
            },
            merchant_available: {
              posted: 0,
              pending: 0,
            },
            merchant_debt: {
              posted: 0,
              pending: 0,
            },
            refunds_in_transit: {
              posted: 0,
              pending: 0,
            },
            payout_in_transit: {
              posted: 0,
              pending: 0,
            },
          },
        ],
      },
    },
    varies: ['/from', '/to', '/as_of', '/data'],
  },
];
