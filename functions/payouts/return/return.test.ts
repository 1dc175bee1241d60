import { describe, expect, it } from 'vitest';
import { aPayout, type PayoutFactName } from '../../../test/support/payouts.ts';
import { returnPayout } from './return.ts';

describe('returning a payout', () => {
  it.each<[readonly PayoutFactName[]]>([
    [['reserved']],
    [['reserved', 'sending', 'busy']],
    [['reserved', 'sending', 'declined']],
  ])('makes the amount available again after %j, once', async (names) => {
    const { deps, command, write, postings, availableMinor } = await aPayout();
    await write(...names);
    await returnPayout(deps)(command);
    await returnPayout(deps)(command);
    expect(postings()).toEqual(['payout', 'payout_returned']);
    expect(await availableMinor()).toBe(9_710n);
  });

  it.each<[readonly PayoutFactName[]]>([
    [[]],
    [['reserved', 'sending', 'paid']],
    [['reserved', 'sending', 'cameBack']],
  ])('has nothing to do after %j', async (names) => {
    const { deps, command, write, load } = await aPayout();
    const before = await write(...names);
    await returnPayout(deps)(command);
    expect(await load()).toEqual(before);
  });

  it.each<[string, readonly PayoutFactName[]]>([
    ['has', ['reserved', 'sending', 'sent']],
    ['may have', ['reserved', 'sending']],
    ['may have, of two tries,', ['reserved', 'sending', 'busy', 'sending']],
    ['may have, as nobody knows,', ['reserved', 'sending', 'unknown']],
  ])('gives back nothing that the bank %s', async (_name, names) => {
    const { deps, command, write, load } = await aPayout();
    const before = await write(...names);
    await expect(returnPayout(deps)(command)).rejects.toMatchObject({
      name: 'IllegalPayoutChange',
    });
    expect(await load()).toEqual(before);
  });
});
