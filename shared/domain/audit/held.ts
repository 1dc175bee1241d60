import type { StoredSubject } from '../../ports/audit.ts';
import { accountId } from '../ledger/accounts.ts';
import type { PostingName, Transfer } from '../ledger/transfer.ts';
import { describeTransfer } from './compare.ts';
import type { Findings } from './report.ts';

type SubjectKind = StoredSubject['kind'];

/** What a transfer is about: the payment, payout or conversion that it names. */
type Owner = readonly [kind: SubjectKind, id: string];

const ownerKinds: Readonly<Partial<Record<PostingName, SubjectKind>>> = {
  payout: 'payout',
  payout_paid: 'payout',
  payout_returned: 'payout',
  fx_sold: 'conversion',
  fx_bought: 'conversion',
};

function ownerOf({ paymentId, operationId, posting }: Transfer): Owner | null {
  if (paymentId !== null) {
    return ['payment', paymentId];
  }
  const kind = ownerKinds[posting];
  return kind && operationId !== null ? [kind, operationId] : null;
}

/** All transfers of the ledger, held until each was compared with its cause. */
export interface HeldTransfers {
  readonly byId: ReadonlyMap<string, Transfer>;
  /** Hands out the transfers that name a subject, once. */
  readonly take: (kind: SubjectKind, id: string) => readonly Transfer[];
  /** Those that were not handed out, by what they name. */
  readonly rest: () => Iterable<readonly [owner: Owner, transfers: readonly Transfer[]]>;
}

/** Reads all transfers; of those that have one id, and of those that are about nothing, it tells. */
export async function holdTransfers(
  transfers: AsyncIterable<Transfer>,
  found: Findings,
): Promise<HeldTransfers> {
  const byId = new Map<string, Transfer>();
  const byOwner = new Map<string, Transfer[]>();
  for await (const transfer of transfers) {
    if (byId.has(transfer.id)) {
      addWrong('doubled_transfer', transfer, 'is there under an id that another one has', found);
      continue;
    }
    byId.set(transfer.id, transfer);
    const owner = ownerOf(transfer);
    const group = owner && byOwner.get(nameOf(...owner));
    if (group) {
      group.push(transfer);
    } else if (owner) {
      byOwner.set(nameOf(...owner), [transfer]);
    } else {
      addWrong('extra_posting', transfer, 'is about no payment, payout or conversion', found);
    }
  }
  return {
    byId,
    take: (kind, id) => {
      const taken = byOwner.get(nameOf(kind, id)) ?? [];
      byOwner.delete(nameOf(kind, id));
      return taken;
    },
    rest: function* () {
      for (const transfers of byOwner.values()) {
        const owner = transfers[0] && ownerOf(transfers[0]);
        if (owner) {
          yield [owner, transfers];
        }
      }
    },
  };
}

function nameOf(kind: SubjectKind, id: string): string {
  return `${kind} ${id}`;
}

/** Tells of a transfer that is wrong by itself. */
export function addWrong(
  kind: 'doubled_transfer' | 'extra_posting' | 'unfolded_transfer',
  transfer: Transfer,
  says: string,
  found: Findings,
): void {
  const { id, tenant, debitAccount, currency, posting, paymentId } = transfer;
  found.add({
    kind,
    tenant,
    account: accountId(debitAccount, currency),
    transfer: id,
    payment: paymentId,
    found: describeTransfer(transfer),
    says: `the transfer ${posting} ${says}`,
  });
}
