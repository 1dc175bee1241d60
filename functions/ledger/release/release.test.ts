import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../shared/domain/ledger/transfer.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAccepted, aReserved } from '../../../test/support/payments/reserved.ts';
import { release } from './release.ts';

/** What led here: the PSP processed nothing. */
const busy = { error: 'ProviderBusy' } as const;

describe('release', () => {
  it('voids the pending transfer with the payment’s change, and leaves nothing pending', async () => {
    const { deps, command, load, store } = await aReserved();
    await release(deps)({ ...command, ...busy });
    expect(await load()).toMatchObject({ status: 'processing', hold: { state: 'released' } });
    expect(store.transfers.map(({ kind, posting }) => [kind, posting])).toEqual([
      ['pending', 'authorized'],
      ['void_pending', 'released'],
    ]);
    const effects = store.transfers.map(effectOf);
    expect(effects.reduce((sum, { pending }) => sum + pending, 0n)).toBe(0n);
    expect(effects.reduce((sum, { posted }) => sum + posted, 0n)).toBe(0n);
  });

  it('voids it once, however often it is called', async () => {
    const { deps, command, store, types } = await aReserved();
    const undo = () => release(deps)({ ...command, ...busy });
    await Promise.all([undo(), undo()]);
    await undo();
    expect(store.transfers).toHaveLength(2);
    expect(await types()).toEqual(['accepted', 'reserved', 'reservation_released']);
  });

  it('has nothing to do where nothing was held', async () => {
    const { deps, command, store, types } = await anAccepted();
    await release(deps)(command);
    expect(store.transfers).toEqual([]);
    expect(await types()).toEqual(['accepted']);
  });

  it.each([
    ['Crash', facts.busy],
    ['RiskRefused', facts.busy],
    ['Crash', facts.unknownCharge],
  ])(
    'leaves the hold, with the outcome unknown, after %s: the PSP may have the money',
    async (error, fact) => {
      const { deps, command, load, store, types, write } = await aReserved();
      await write(fact);
      await release(deps)({ ...command, error });
      await release(deps)({ ...command, error });
      expect(await load()).toMatchObject({
        hold: { state: 'pending' },
        unknown: { operation: 'charge' },
      });
      expect((await types()).filter((type) => type === 'outcome_unknown')).toHaveLength(1);
      expect(store.transfers).toHaveLength(1);
    },
  );

  it.each([
    ['the charge stands', facts.mismatched],
    ['the payment is authorized', facts.authorized],
  ])('gives the amount back to nobody while %s', async (_name, fact) => {
    const { deps, command, write, store } = await aReserved();
    await write(fact);
    await expect(release(deps)(command)).rejects.toMatchObject({ name: 'IllegalTransition' });
    expect(store.transfers).toHaveLength(1);
  });

  it('stops an execution that does not own the payment', async () => {
    const { deps, command, store } = await aReserved();
    await expect(release(deps)({ ...command, execution: 'e2' })).rejects.toMatchObject({
      name: 'Superseded',
    });
    expect(store.transfers).toHaveLength(1);
  });
});
