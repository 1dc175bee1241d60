import type { StageName } from '../../../infra/stages.ts';
import { command, group } from '../../program/group.ts';
import { json, required, stage, text } from '../../program/specs.ts';
import { tenant } from '../api/caller.ts';
import type { AccountsRequest, StatementRequest } from './accounts.ts';

export interface VerifyRequest {
  readonly stage: StageName;
  readonly json: boolean;
}

export const ledger = group<AccountsRequest | StatementRequest | VerifyRequest>(
  'The ledger of a stage.',
  {
    accounts: command({
      says: 'The accounts of a tenant, with their balances, over the API.',
      options: { tenant, json },
      read: (given): AccountsRequest => given,
      run: async (request) => (await import('./accounts.ts')).accountsCommand(request),
    }),
    statement: command({
      says: 'The statement of an account: what it began with, each transfer with the balance after it, what it ended with.',
      operands: {
        account: required('account', 'such as merchant_payable.EUR, as accounts lists it'),
      },
      options: {
        from: text('DAY', 'the first day, UTC: 2026-11-01'),
        to: text('DAY', 'the last day'),
        tenant,
        json,
      },
      read: (given): StatementRequest => given,
      run: async (request) => (await import('./accounts.ts')).statementCommand(request),
    }),
    verify: command({
      says: 'Audits the whole ledger against everything that it was made from, as the scheduled auditor does. Writes nothing; ends with 1 when there are differences.',
      options: { json, stage },
      read: (given): VerifyRequest => given,
      run: async (request) => (await import('./verify.ts')).verifyLedger(request),
    }),
  },
);
