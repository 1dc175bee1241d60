import type { Difference, DifferenceKind } from '../../../shared/domain/audit/report.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { accountId, limitOf } from '../../../shared/domain/ledger/accounts.ts';
import type { Transfer } from '../../../shared/domain/ledger/transfer.ts';
import { settlementPostings } from '../../../shared/domain/settlement/postings.ts';
import type { Snapshot } from '../world/snapshot.ts';
import { type Corrupted, type Corruption, pickFrom, replaced } from './corruption.ts';

const accountsOf = ({ debitAccount, creditAccount, currency }: Transfer) =>
  [debitAccount, creditAccount].map((code) => accountId(code, currency));
const isSettlement = ({ posting }: Transfer) => settlementPostings.some((name) => name === posting);
const sums: readonly DifferenceKind[] = ['balance', 'day_total', 'limited_balance'];

/** The balances that a transfer is no longer the sum of. */
function balancesWithout(transfer: Transfer): Partial<Difference>[] {
  const { tenant, currency } = transfer;
  return [transfer.debitAccount, transfer.creditAccount].flatMap((code) => {
    const about = { tenant, account: accountId(code, currency) };
    return [
      { ...about, kind: 'balance' as const },
      { ...about, kind: 'day_total' as const },
      ...(limitOf(code) ? [{ ...about, kind: 'limited_balance' as const }] : []),
    ];
  });
}

function changedTransfer(
  snapshot: Snapshot,
  transfer: Transfer | undefined,
  change: (transfer: Transfer) => Transfer,
  alters: { readonly balances: boolean; readonly row: boolean },
): Corrupted | null {
  if (!transfer) {
    return null;
  }
  const [account = ''] = accountsOf(transfer);
  const about = { tenant: transfer.tenant, transfer: transfer.id };
  const changed = change(transfer);
  const posting: readonly Partial<Difference>[] = isSettlement(transfer)
    ? alters.row
      ? [{ ...about, kind: 'extra_posting', payment: transfer.paymentId }]
      : []
    : [{ ...about, kind: 'changed_posting', account, payment: transfer.paymentId }];
  const accounts = [...accountsOf(transfer), ...accountsOf(changed)];
  return {
    snapshot: { ...snapshot, transfers: replaced(snapshot.transfers, transfer, [changed]) },
    must: [
      { ...about, kind: 'altered_transfer', account: accountsOf(changed)[0] ?? '' },
      ...posting,
      ...(alters.balances ? balancesWithout(transfer) : []),
    ],
    may: ({ kind, transfer: id, account: of }) =>
      id === transfer.id || (sums.includes(kind) && accounts.includes(of ?? '')),
  };
}

export const transferCorruptions = {
  'another amount': (snapshot, pick) =>
    changedTransfer(
      snapshot,
      pickFrom(snapshot.transfers, pick),
      (transfer) => ({ ...transfer, amountMinor: transfer.amountMinor + 1 + (pick % 7) }),
      // What a voiding takes back is the pending amount.
      {
        balances: pickFrom(snapshot.transfers, pick)?.kind !== 'void_pending',
        row: false,
      },
    ),
  'accounts swapped': (snapshot, pick) =>
    changedTransfer(
      snapshot,
      pickFrom(snapshot.transfers, pick),
      (transfer) => ({
        ...transfer,
        debitAccount: transfer.creditAccount,
        creditAccount: transfer.debitAccount,
      }),
      { balances: true, row: true },
    ),
  'a transfer dropped': (snapshot, pick) => {
    const transfer = pickFrom(snapshot.transfers, pick);
    if (!transfer) {
      return null;
    }
    const { id, tenant, paymentId } = transfer;
    const [account = ''] = accountsOf(transfer);
    return {
      snapshot: { ...snapshot, transfers: replaced(snapshot.transfers, transfer, []) },
      must: [
        { kind: 'missing_transfer', tenant, transfer: id },
        ...(isSettlement(transfer)
          ? []
          : [{ kind: 'missing_posting', account, transfer: id, payment: paymentId } as const]),
        ...balancesWithout(transfer),
      ],
      may: ({ kind, transfer: of, account: name }) =>
        of === id || (sums.includes(kind) && accountsOf(transfer).includes(name ?? '')),
    };
  },
  'a transfer added': (snapshot, pick) => {
    const transfer = pickFrom(snapshot.transfers, pick);
    if (!transfer) {
      return null;
    }
    const id = derivedId('added', transfer.id);
    const [account = ''] = accountsOf(transfer);
    const about = { tenant: transfer.tenant, account, transfer: id };
    return {
      snapshot: { ...snapshot, transfers: [{ ...transfer, id }, ...snapshot.transfers] },
      must: [
        { ...about, kind: 'extra_posting' },
        { ...about, kind: 'unfolded_transfer' },
      ],
      // Which of the two settled the operation first cannot be told.
      may: ({ transfer: of, kind }) =>
        of === id || (of === transfer.id && isSettlement(transfer) && kind === 'extra_posting'),
    };
  },
} satisfies Record<string, Corruption>;
