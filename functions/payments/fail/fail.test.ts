import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAccepted, aReserved } from '../../../test/support/payments/reserved.ts';
import { fail } from './fail.ts';

describe('fail', () => {
  it.each([
    ['RiskRefused', 'risk_refused'],
    ['ProviderBusy', 'provider_unavailable'],
    ['ChargeMismatch', 'provider_mismatch'],
    ['States.Timeout', 'internal_error'],
    ['TypeError', 'internal_error'],
    [null, 'internal_error'],
  ])('after %s says %s', async (error, code) => {
    const { deps, command, load } = await anAccepted();
    await fail(deps)({ ...command, error });
    expect(await load()).toMatchObject({
      status: 'failed',
      failure: { code, message: expect.stringMatching(/\.$/) },
    });
  });

  it('says what the PSP said, whatever error led here', async () => {
    for (const error of ['Declined', 'ProviderBusy', null]) {
      const { deps, command, write, load } = await aReserved();
      await write(facts.declined, facts.released);
      await fail(deps)({ ...command, error });
      expect((await load()).failure).toEqual({
        code: 'lost_card',
        message: 'The card was lost.',
      });
    }
  });

  it('ends a payment once, by its first reason', async () => {
    const { deps, command, load, types } = await anAccepted();
    await fail(deps)({ ...command, error: 'RiskRefused' });
    await fail(deps)({ ...command, error: 'ProviderBusy' });
    expect((await load()).failure?.code).toBe('risk_refused');
    expect(await types()).toEqual(['accepted', 'failed']);
  });

  it.each(['captured', 'authorized'] as const)(
    'stops at a payment that is %s: it is not ours to end',
    async (state) => {
      const { deps, command, write, types } = await aReserved();
      await write(facts[state]);
      await expect(fail(deps)(command)).rejects.toMatchObject({ name: 'Superseded' });
      expect(await types()).toEqual(['accepted', 'reserved', state]);
    },
  );

  it('releases a hold that was written after its release had found none', async () => {
    const { deps, command, load, types, store } = await aReserved();
    await fail(deps)({ ...command, error: 'ProviderBusy' });
    expect(await types()).toEqual(['accepted', 'reserved', 'reservation_released', 'failed']);
    expect(await load()).toMatchObject({ status: 'failed', hold: { state: 'released' } });
    expect(store.transfers.map(({ posting }) => posting)).toEqual(['authorized', 'released']);
  });

  it('does not end a payment whose outcome is unknown', async () => {
    const unknown = await anAccepted();
    await unknown.write(facts.unknownCharge);
    await fail(unknown.deps)(unknown.command);
    expect(await unknown.types()).toEqual(['accepted', 'outcome_unknown']);
  });

  it('does not end a payment of which the PSP may have the money: a fault says nothing of it', async () => {
    const { deps, command, load, types } = await aReserved();
    await fail(deps)({ ...command, error: 'Crash' });
    expect(await types()).toEqual(['accepted', 'reserved', 'outcome_unknown']);
    expect(await load()).toMatchObject({ status: 'processing', hold: { state: 'pending' } });
  });

  it('stops an execution that does not own the payment', async () => {
    const { deps, command } = await aReserved();
    await expect(fail(deps)({ ...command, execution: 'e2' })).rejects.toMatchObject({
      name: 'Superseded',
    });
  });
});
