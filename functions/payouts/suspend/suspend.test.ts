import { describe, expect, it } from 'vitest';
import { aPayout, type PayoutFactName } from '../../../test/support/payouts.ts';
import { suspendPayout } from './suspend.ts';

describe('suspending a payout', () => {
  it.each<[readonly PayoutFactName[]]>([
    [['reserved', 'sending']],
    [['reserved', 'sending', 'busy', 'sending']],
  ])(
    'puts on record after %j that nobody knows, and keeps the amount in transit',
    async (names) => {
      const { deps, command, write, load, postings } = await aPayout();
      await write(...names);
      await suspendPayout(deps)({ ...command, error: 'TimeoutError' });
      await suspendPayout(deps)({ ...command, error: 'TimeoutError' });
      expect(await load()).toMatchObject({
        status: 'processing',
        unknown: { since: expect.any(String) },
        reservation: 'held',
        version: names.length + 2,
      });
      expect(postings()).toEqual(['payout']);
    },
  );

  it.each<[readonly PayoutFactName[]]>([
    [['reserved', 'sending', 'unknown']],
    [['reserved']],
    [['reserved', 'sending', 'busy']],
    [['reserved', 'sending', 'declined']],
    [['reserved', 'sending', 'sent']],
    [['reserved', 'sending', 'paid']],
    [['reserved', 'sending', 'cameBack']],
  ])('has nothing to do after %j', async (names) => {
    const { deps, command, write, load } = await aPayout();
    const before = await write(...names);
    await suspendPayout(deps)(command);
    expect(await load()).toEqual(before);
  });
});
