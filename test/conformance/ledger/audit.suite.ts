import { expect, it } from 'vitest';
import { verifyChain } from '../../../shared/domain/ledger/chain.ts';
import type { Books, LedgerAudit, WriteTransfers } from '../../../shared/ports/ledger.ts';
import { all } from '../../support/ledger/ledgers.ts';
import { aCredit, aHold, aTransfer, releaseOf } from '../../support/ledger/transfers.ts';

interface Audited {
  readonly books: Books;
  readonly audit: LedgerAudit;
  readonly write: WriteTransfers;
}

/** What every adapter of `LedgerAudit` has to do. The stores have what other suites wrote, too. */
export function auditConforms(ledger: () => Audited): void {
  const tenants = ['audit_a', 'audit_b'] as const;

  it('reads every transfer of every tenant once, resolutions too, and every limited account', async () => {
    const transfers = tenants.flatMap((tenant) => {
      const hold = aHold({ tenant }, `audit ${tenant}`);
      const payout = { paymentId: null, operationId: 'po_1' };
      return [
        hold,
        releaseOf(hold),
        aTransfer({ tenant, ...payout }, `audit ${tenant}`),
        aCredit({ tenant, amountMinor: 7 }, 'audit'),
      ];
    });
    for (const transfer of transfers) {
      expect(await ledger().write([transfer])).toBe('written');
    }
    const isOurs = ({ tenant }: { readonly tenant: string }) => tenant.startsWith('audit_');
    const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
    const read = (await all(ledger().audit.transfers())).filter(isOurs);
    expect(read.sort(byId)).toEqual(transfers.sort(byId));
    const limited = (await all(ledger().audit.limitedAccounts())).filter(isOurs);
    expect(
      limited.map(({ tenant, availableMinor }) => `${tenant} ${availableMinor}`).sort(),
    ).toEqual(['audit_a 7', 'audit_b 7']);
  });

  it('reads the books of all tenants, with chains that verify against the transfers', async () => {
    const currencies = ['EUR', 'USD'] as const;
    for (const tenant of tenants) {
      for (const currency of currencies) {
        const transfer = aTransfer({ tenant, currency }, `audit book ${tenant} ${currency}`);
        expect(await ledger().write([transfer])).toBe('written');
        const transfers = [{ transfer, sequence: '1' }];
        await ledger().books.fold({ tenant, currency, shardId: 's', transfers });
      }
    }
    const books = await all(ledger().audit.books());
    const ours = books.filter(({ tenant }) => tenant.startsWith('audit_'));
    expect(ours.map(({ tenant, currency }) => `${tenant} ${currency}`).sort()).toEqual([
      'audit_a EUR',
      'audit_a USD',
      'audit_b EUR',
      'audit_b USD',
    ]);
    const transfers = await all(ledger().audit.transfers());
    const byId = new Map(transfers.map((transfer) => [transfer.id, transfer]));
    for (const { tenant, currency, chain } of ours) {
      const links = await all(ledger().audit.chain(tenant, currency));
      expect(links).toHaveLength(1);
      expect(verifyChain(links, (id) => byId.get(id), chain)).toEqual([]);
    }
  });
}
