import * as z from 'zod/mini';
import { LedgerAccount, LedgerEntry, LedgerStatement, TrialBalance } from '../ledger.ts';
import { Cursor, Day, Limit, listOf, NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

/** What the ledger shows of itself. */
export const ledgerEndpoints = {
  listLedgerAccounts: endpoint({
    name: 'listLedgerAccounts',
    method: 'GET',
    path: '/ledger/accounts',
    summary: 'The accounts of the tenant, with their balances.',
    access: { scope: 'ledger:read', action: 'ledger:read' },
    query: NoQuery,
    answers: { 200: listOf(LedgerAccount) },
    errors: [],
  }),
  getLedgerAccount: endpoint({
    name: 'getLedgerAccount',
    method: 'GET',
    path: '/ledger/accounts/{account_id}',
    summary: 'One account by `<code>.<currency>`, such as `merchant_payable.EUR`.',
    access: { scope: 'ledger:read', action: 'ledger:read' },
    query: NoQuery,
    answers: { 200: LedgerAccount },
    errors: ['not_found'],
  }),
  listLedgerEntries: endpoint({
    name: 'listLedgerEntries',
    method: 'GET',
    path: '/ledger/accounts/{account_id}/entries',
    summary: 'The transfers of one account, newest first.',
    access: { scope: 'ledger:read', action: 'ledger:read' },
    query: z.strictObject({ limit: Limit, cursor: Cursor }),
    answers: { 200: listOf(LedgerEntry) },
    errors: ['not_found'],
  }),
  getLedgerStatement: endpoint({
    name: 'getLedgerStatement',
    method: 'GET',
    path: '/ledger/accounts/{account_id}/statement',
    summary:
      'The entries of one account from one UTC day to another (`from`, `to`, at most 366 days), oldest first, with the balance after each.',
    access: { scope: 'ledger:read', action: 'ledger:read' },
    query: z.strictObject({ from: Day, to: Day, limit: Limit, cursor: Cursor }),
    answers: { 200: LedgerStatement },
    errors: ['not_found'],
  }),
  getTrialBalance: endpoint({
    name: 'getTrialBalance',
    method: 'GET',
    path: '/ledger/trial-balance',
    summary: 'Debits against credits, per currency.',
    access: { scope: 'ledger:read', action: 'ledger:read' },
    query: NoQuery,
    answers: { 200: TrialBalance },
    errors: [],
  }),
};
