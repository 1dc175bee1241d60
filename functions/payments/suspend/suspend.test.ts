import { describe, expect, it } from 'vitest';
import { operationId } from '../../../shared/domain/ids.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { aReserved } from '../../../test/support/payments/reserved.ts';
import { suspend } from './suspend.ts';

describe('suspend', () => {
  it('records that nobody knows what became of the charge, and keeps the hold', async () => {
    const { deps, command, load, store, id } = await aReserved();
    await suspend(deps)({ ...command, error: 'States.Timeout' });
    expect(await load()).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
      unknown: { operation: 'charge', operationId: operationId(id, 'charge') },
    });
    expect((await store.events(id)).at(-1)?.data).toMatchObject({
      reason: 'the step ended without an answer: States.Timeout',
    });
  });

  it('records the reversal when there was a charge', async () => {
    const { deps, command, write, load, id } = await aReserved();
    await write(facts.mismatched);
    await suspend(deps)({ ...command, error: 'ProviderBusy' });
    expect((await load()).unknown).toEqual({
      operation: 'reverse',
      operationId: operationId(id, 'reverse'),
      since: expect.any(String),
    });
  });

  it('records it once, and leaves what the step has recorded', async () => {
    const { deps, command, write, types, load } = await aReserved();
    await write(facts.unknownCharge);
    await suspend(deps)(command);
    await suspend(deps)(command);
    expect(await types()).toEqual(['accepted', 'reserved', 'outcome_unknown']);
    expect((await load()).unknown?.operation).toBe('charge');
  });

  it.each(['captured', 'authorized'] as const)('leaves a payment that is %s', async (state) => {
    const { deps, command, write, types } = await aReserved();
    await write(facts[state]);
    await suspend(deps)(command);
    expect(await types()).toEqual(['accepted', 'reserved', state]);
  });

  it.each([['declined'], ['mismatched', 'reversed']] as const)(
    'leaves what the PSP has said: %s; nothing is unknown of it',
    async (...known) => {
      const { deps, command, write, load } = await aReserved();
      await write(...known.map((name) => facts[name]));
      await suspend(deps)({ ...command, error: 'States.Timeout' });
      expect((await load()).unknown).toBeNull();
    },
  );

  it('stops an execution that does not own the payment', async () => {
    const { deps, command } = await aReserved();
    await expect(suspend(deps)({ ...command, execution: 'e2' })).rejects.toMatchObject({
      name: 'Superseded',
    });
  });
});
