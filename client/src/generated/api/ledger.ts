// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, ListOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  GetLedgerStatementQuery,
  LedgerAccount,
  LedgerAccountList,
  LedgerEntryList,
  LedgerStatement,
  ListLedgerEntriesQuery,
  TrialBalance,
} from '../types.ts';

export class LedgerApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The accounts of the tenant, with their balances.
   *
   * `GET /ledger/accounts`
   */
  accounts(options: ListOptions = {}): List<LedgerAccountList> {
    return new List(this.#send, operations.listLedgerAccounts, {}, options);
  }

  /**
   * One account by `<code>.<currency>`, such as `merchant_payable.EUR`.
   *
   * `GET /ledger/accounts/{account_id}`
   */
  getAccount(accountId: string, options: CallOptions = {}): Promise<LedgerAccount> {
    return this.#send(operations.getLedgerAccount, { path: { account_id: accountId } }, options);
  }

  /**
   * The transfers of one account, newest first.
   *
   * `GET /ledger/accounts/{account_id}/entries`
   */
  entries(accountId: string, query: ListLedgerEntriesQuery = {}, options: ListOptions = {}): List<LedgerEntryList> {
    return new List(this.#send, operations.listLedgerEntries, { path: { account_id: accountId }, query }, options);
  }

  /**
   * The entries of one account from one UTC day to another (`from`, `to`, at most 366 days), oldest first, with the balance after each.
   *
   * `GET /ledger/accounts/{account_id}/statement`
   */
  getStatement(accountId: string, query: GetLedgerStatementQuery = {}, options: ListOptions = {}): List<LedgerStatement> {
    return new List(this.#send, operations.getLedgerStatement, { path: { account_id: accountId }, query }, options);
  }

  /**
   * Debits against credits, per currency.
   *
   * `GET /ledger/trial-balance`
   */
  getTrialBalance(options: CallOptions = {}): Promise<TrialBalance> {
    return this.#send(operations.getTrialBalance, {}, options);
  }
}
