import { expect, it } from 'vitest';
import type { WriteTransfers } from '../../../shared/ports/ledger.ts';
import {
  aHold,
  aTransfer,
  captureOf,
  type Resolution,
  releaseOf,
} from '../../support/ledger/transfers.ts';

/** What every adapter of `WriteTransfers` has to do. */
export function transfersConform(write: () => WriteTransfers): void {
  const tenant = 'transfers';
  const held = async (key: string) => {
    const hold = aHold({ tenant }, key);
    expect(await write()([hold])).toBe('written');
    return hold;
  };

  it('are written once', async () => {
    const hold = await held('once');
    expect(await write()([hold])).toBe('refused');
  });

  it('resolve a pending one at most once, posted or voided', async () => {
    const hold = await held('resolved');
    expect(await write()([captureOf(hold)])).toBe('written');
    expect(await write()([releaseOf(hold)])).toBe('refused');
    expect(await write()([captureOf(hold)])).toBe('refused');
  });

  it('have one winner when ten would resolve one pending transfer at once', async () => {
    const hold = await held('race');
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        write()([index % 2 === 0 ? captureOf(hold) : releaseOf(hold)]),
      ),
    );
    expect(results.filter((result) => result === 'written')).toHaveLength(1);
  });

  it.each<[string, Partial<Resolution>]>([
    ['was never made', { pendingId: '00000000-0000-8000-8000-000000000000' }],
    ['is of another tenant', { tenant: 'stranger' }],
    ['is of another currency', { currency: 'USD' }],
    ['debits another account', { debitAccount: 'fee_revenue' }],
    ['credits another account', { creditAccount: 'fee_revenue' }],
    ['is of another amount', { pendingAmountMinor: 10_001 }],
  ])('resolve nothing when the pending one %s', async (name, difference) => {
    const hold = await held(name);
    expect(await write()([{ ...releaseOf(hold), ...difference }])).toBe('refused');
    expect(await write()([releaseOf(hold)])).toBe('written');
  });

  it('resolve nothing that was posted from the start', async () => {
    const fee = aTransfer({ tenant }, 'posted');
    expect(await write()([fee])).toBe('written');
    expect(await write()([releaseOf(fee)])).toBe('refused');
  });

  it('are written together or not at all', async () => {
    const hold = await held('together');
    const fee = aTransfer({ tenant }, 'together');
    expect(await write()([fee])).toBe('written');
    expect(await write()([captureOf(hold), fee])).toBe('refused');
    expect(await write()([releaseOf(hold)])).toBe('written');
  });

  it('are refused when they post more than was pending', async () => {
    const hold = await held('too much');
    await expect(write()([captureOf(hold, { amountMinor: 10_001 })])).rejects.toThrow(
      /more than was pending/,
    );
  });
}
