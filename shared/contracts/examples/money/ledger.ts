import type { Example } from '../example.ts';
import { order1001 } from '../known.ts';

/** What the ledger shows, and the reports that are made from it. */
export const ledgerExamples: readonly Example[] = [
  {
    name: 'account',
    endpoint: 'getLedgerAccount',
    summary: 'What the merchant is owed',
    request: {
      path: {
        account_id: 'merchant_payable.CAD',
      },
    },
    answer: {
      status: 200,
      body: {
        id: 'merchant_payable.CAD',
        object: 'ledger_account',
        code: 'merchant_payable',
        currency: 'CAD',
        normal_side: 'credit',
        debits_pending: 0,
        debits_posted: 2877,
        credits_pending: 0,
        credits_posted: 13000,
        balance: 10123,
        limit: null,
        available: null,
        as_of: '2026-11-21T09:25:43.921Z',
      },
    },
    varies: ['/as_of'],
  },
  {
    name: 'accounts',
    endpoint: 'listLedgerAccounts',
    summary: 'Every account of the tenant',
    request: {},
    answer: {
      status: 200,
      body: {
        object: 'list',
        data: [
          {
            id: 'fee_revenue.CAD',
            object: 'ledger_account',
            code: 'fee_revenue',
            currency: 'CAD',
            normal_side: 'credit',
            debits_pending: 0,
            debits_posted: 0,
            credits_pending: 0,
            credits_posted: 377,
            balance: 377,
            limit: null,
            available: null,
            as_of: '2026-11-21T09:25:43.921Z',
          },
          {
            id: 'merchant_payable.CAD',
            object: 'ledger_account',
            code: 'merchant_payable',
            currency: 'CAD',
            normal_side: 'credit',
            debits_pending: 0,
            debits_posted: 2877,
            credits_pending: 0,
            credits_posted: 13000,
            balance: 10123,
            limit: null,
            available: null,
            as_of: '2026-11-21T09:25:43.921Z',
          },
        ],
        next_cursor: null,
      },
    },
    varies: ['/data'],
  },
  {
    name: 'entries',
    endpoint: 'listLedgerEntries',
    summary: 'The newest transfer of an account',
    request: {
      path: {
        account_id: 'merchant_payable.CAD',
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
            object: 'ledger_entry',
            transfer_id: '22d34e8a-d906-8e29-8479-9432d71bdeff',
            account: 'merchant_payable.CAD',
            counter_account: 'refunds_in_transit.CAD',
            direction: 'debit',
            kind: 'posted',
            posting: 'refund_requested',
            amount: 2500,
            currency: 'CAD',
            pending_id: null,
            payment_id: order1001,
            operation_id: 'be6ce5aa-b1b6-8093-8531-9ed10a2b3df3',
            time: '2026-11-21T09:25:40.942Z',
          },
        ],
        next_cursor:
          'MjAyNi0xMS0yMVQyMjoyNTo0MC45NDJaIzA0IzIyZDM0ZThhLWQ5MDYtOGUyOS04NDc5LTk0MzJkNzFiZGVmZg',
      },
    },
    varies: ['/next_cursor', '/data/0/time'],
  },
  {
    name: 'statement',
    endpoint: 'getLedgerStatement',
    summary: 'An account today, with its balance after each entry',
    request: {
      path: {
        account_id: 'merchant_payable.CAD',
      },
      query: {
        limit: '1',
      },
    },
    answer: {
      status: 200,
      body: {
        object: 'ledger_statement',
        account: 'merchant_payable.CAD',
        currency: 'CAD',
        from: '2026-11-01',
        to: '2026-11-21',
        opening: {
          posted: 0,
          pending: 0,
        },
        closing: {
          posted: 10123,
          pending: 0,
        },
        as_of: '2026-11-21T09:25:43.921Z',
        data: [
          {
            object: 'ledger_entry',
            transfer_id: 'a08374a0-2b7f-8548-b2ab-c1ed5e5208c4',
            account: 'merchant_payable.CAD',
            counter_account: 'psp_receivable.CAD',
            direction: 'credit',
            kind: 'pending',
            posting: 'authorized',
            amount: 10000,
            currency: 'CAD',
            pending_id: null,
            payment_id: order1001,
            operation_id: null,
            time: '2026-11-21T09:24:20.485Z',
            balance: 0,
            pending: 10000,
          },
        ],
        next_cursor:
          'bWVyY2hhbnRfcGF5YWJsZS5DQUR8MjAyNi0xMS0wMXwyMDI2LTExLTIxfDIwMjYtMTEtMjFUMjI6MjU6NDMuOTIxWnwyMDI2LTExLTIxVDIyOjI0OjIwLjQ4NVojMDAjYTA4Mzc0YTAtMmI3Zi04NTQ4LWIyYWItYzFlZDVlNTIwOGM0fDB8MHwxMDEyM3wwfDB8MTAwMDA',
      },
    },
    varies: ['/from', '/to', '/as_of', '/next_cursor', '/data/0/time'],
  },
];
