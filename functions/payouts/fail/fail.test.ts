import { describe, expect, it } from 'vitest';
import { aPayout, type PayoutFactName } from '../../../test/support/payouts.ts';
import { failPayout } from './fail.ts';

async function failed(names: readonly PayoutFactName[], error: string | null) {
  const payout = await aPayout();
  await payout.write(...names);
  await failPayout(payout.deps)({ ...payout.command, error });
  return payout;
}

describe('failing a payout', () => {
  it.each<[readonly PayoutFactName[], string | null, string]>([
    [[], 'InsufficientFunds', 'insufficient_funds'],
    [['reserved', 'sending', 'busy', 'returned'], 'ProviderBusy', 'provider_unavailable'],
    [['reserved', 'sending', 'declined', 'returned'], 'Declined', 'account_closed'],
    [['reserved', 'sending', 'declined', 'returned'], 'ReservationReleased', 'account_closed'],
    [['reserved', 'returned'], 'Contention', 'internal_error'],
    [[], null, 'internal_error'],
  ])('after %j and %s says %s', async (names, error, code) => {
    const { load } = await failed(names, error);
    expect(await load()).toMatchObject({ status: 'failed', failure: { code } });
  });

  it('gives back first what was reserved after its return found nothing', async () => {
    const { types, availableMinor } = await failed(['reserved'], 'TimeoutError');
    expect(await types()).toEqual(['requested', 'reserved', 'returned', 'failed']);
    expect(await availableMinor()).toBe(9_710n);
  });

  it('twice is once, and the first reason stays', async () => {
    const { deps, command, load } = await failed([], 'InsufficientFunds');
    const before = await load();
    await failPayout(deps)({ ...command, error: 'ProviderBusy' });
    expect(await load()).toEqual(before);
  });

  it('leaves the reason that the bank gave with the money', async () => {
    const { load } = await failed(['reserved', 'sending', 'cameBack'], 'ProviderBusy');
    expect(await load()).toMatchObject({ version: 4, failure: { code: 'account_closed' } });
  });

  it.each<[string, readonly PayoutFactName[]]>([
    ['in transit', ['reserved', 'sending', 'sent']],
    ['paid', ['reserved', 'sending', 'paid']],
  ])('does not end a payout that is %s', async (_name, names) => {
    const { deps, command, write, load } = await aPayout();
    const before = await write(...names);
    await expect(failPayout(deps)(command)).rejects.toMatchObject({ name: 'Superseded' });
    expect(await load()).toEqual(before);
  });

  it('does not end one that the bank may have', async () => {
    const { deps, command, write, load } = await aPayout();
    const before = await write('reserved', 'sending');
    await expect(failPayout(deps)(command)).rejects.toMatchObject({
      name: 'IllegalPayoutChange',
    });
    expect(await load()).toEqual(before);
  });
});
