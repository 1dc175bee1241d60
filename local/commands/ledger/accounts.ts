import type { LedgerStatement, LedgerStatementEntry } from '../../../client/src/index.ts';
import { apiOf } from '../api/caller.ts';
import { print } from '../api/print.ts';
import { accountLines, statementLines } from '../api/text.ts';

export interface AccountsRequest {
  readonly tenant: string | undefined;
  readonly json: boolean;
}

export interface StatementRequest extends AccountsRequest {
  readonly account: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The accounts of a tenant, with their balances. */
export async function accountsCommand(request: AccountsRequest): Promise<number> {
  const { ledger } = await apiOf(request.tenant);
  const accounts = await ledger.accounts().toArray();
  const none = ['There is no account yet: they come with the first payment.'];
  print(request, { accounts }, accounts.length === 0 ? none : accountLines(accounts));
  return 0;
}

/** The statement of an account, all of its pages. */
export async function statementCommand({
  account,
  from,
  to,
  ...request
}: StatementRequest): Promise<number> {
  const { ledger } = await apiOf(request.tenant);
  const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  let head: LedgerStatement | null = null;
  const entries: LedgerStatementEntry[] = [];
  for await (const page of ledger.getStatement(account, query).pages()) {
    head ??= page;
    entries.push(...page.data);
  }
  if (head !== null) {
    print(request, { ...head, data: entries, next_cursor: null }, statementLines(head, entries));
  }
  return 0;
}
