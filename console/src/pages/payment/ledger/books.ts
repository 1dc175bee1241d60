import { type AccountCode, accountCodes } from '../../../../../shared/domain/ledger/accounts.ts';
import { effectOf, type Transfer } from '../../../../../shared/domain/ledger/transfer.ts';

/** What a payment's transfers have come to on one account, in minor units of its currency. */
export interface AccountSums {
  readonly account: AccountCode;
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
}

export interface Books {
  /** In the order of the chart; those alone that something was moved on. */
  readonly accounts: readonly AccountSums[];
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  /** Held, and neither taken nor given back yet. */
  readonly pending: bigint;
  readonly isBalanced: boolean;
}

/** Adds the transfers of a payment up, account by account. Each side is added by itself. */
export function booksOf(transfers: readonly Transfer[]): Books {
  const accounts = accountCodes.flatMap((account): AccountSums[] => {
    const debits = transfers.filter(({ debitAccount }) => debitAccount === account);
    const credits = transfers.filter(({ creditAccount }) => creditAccount === account);
    return debits.length + credits.length === 0
      ? []
      : [
          {
            account,
            debitsPosted: sum(debits, 'posted'),
            creditsPosted: sum(credits, 'posted'),
            debitsPending: sum(debits, 'pending'),
            creditsPending: sum(credits, 'pending'),
          },
        ];
  });
  const total = (side: keyof Omit<AccountSums, 'account'>) =>
    accounts.reduce((all, one) => all + one[side], 0n);
  const [debitsPosted, creditsPosted] = [total('debitsPosted'), total('creditsPosted')];
  const pending = total('debitsPending');
  return {
    accounts,
    debitsPosted,
    creditsPosted,
    pending,
    isBalanced: debitsPosted === creditsPosted && pending === total('creditsPending'),
  };
}

function sum(transfers: readonly Transfer[], of: 'posted' | 'pending'): bigint {
  return transfers.reduce((all, transfer) => all + effectOf(transfer)[of], 0n);
}
