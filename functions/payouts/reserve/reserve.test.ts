import { describe, expect, it } from 'vitest';
import { aPayout } from '../../../test/support/payouts.ts';
import { reservePayout } from './reserve.ts';

describe('reserving a payout', () => {
  it('takes the amount from what is available into transit, with the change', async () => {
    const { deps, command, load, postings, availableMinor } = await aPayout();
    await reservePayout(deps)(command);
    expect(await load()).toMatchObject({ reservation: 'held', execution: 'e1', version: 2 });
    expect(postings()).toEqual(['payout']);
    expect(await availableMinor()).toBe(0n);
  });

  it('twice is once', async () => {
    const { deps, command, types, postings } = await aPayout({}, { availableMinor: 100_000 });
    await reservePayout(deps)(command);
    await reservePayout(deps)(command);
    expect(await types()).toEqual(['requested', 'reserved']);
    expect(postings()).toEqual(['payout']);
  });

  it.each([
    ['nothing', 0],
    ['a cent too little', 9_709],
  ])('is refused with %s available, and nothing is written', async (_name, availableMinor) => {
    const payout = await aPayout({}, { availableMinor });
    await expect(reservePayout(payout.deps)(payout.command)).rejects.toMatchObject({
      name: 'InsufficientFunds',
    });
    expect(await payout.types()).toEqual(['requested']);
    expect(payout.postings()).toEqual([]);
  });

  it('takes nothing of another currency', async () => {
    const { deps, command, postings } = await aPayout({ currency: 'USD' });
    await expect(reservePayout(deps)(command)).rejects.toMatchObject({ name: 'InsufficientFunds' });
    expect(postings()).toEqual([]);
  });

  it('stops for a payout that has failed, and for one of another execution', async () => {
    const failed = await aPayout();
    await failed.write('failed');
    await expect(reservePayout(failed.deps)(failed.command)).rejects.toMatchObject({
      name: 'Superseded',
    });
    const { deps, command, write } = await aPayout();
    await write('reserved');
    await expect(reservePayout(deps)({ ...command, execution: 'e2' })).rejects.toMatchObject({
      name: 'Superseded',
    });
  });

  it('takes over a payout that was resumed, once, and leaves its amount where it is', async () => {
    const { deps, command, write, types, postings, load } = await aPayout();
    await write('reserved', 'sending', 'resumed');
    const other = { ...command, execution: 'e2' };
    await reservePayout(deps)(other);
    await reservePayout(deps)(other);
    expect((await types()).slice(3)).toEqual(['resumed', 'taken_over']);
    expect(postings()).toEqual(['payout']);
    expect(await load()).toMatchObject({ execution: 'e2', reservation: 'held', tries: 1 });
    for (const execution of ['e1', 'e3']) {
      await expect(reservePayout(deps)({ ...command, execution })).rejects.toMatchObject({
        name: 'Superseded',
      });
    }
  });

  it('reserves a payout that was resumed before it was', async () => {
    const { deps, command, write, types, load } = await aPayout();
    await write('resumed');
    await reservePayout(deps)({ ...command, execution: 'e2' });
    expect(await types()).toEqual(['requested', 'resumed', 'reserved']);
    expect(await load()).toMatchObject({ execution: 'e2', progress: { resumed: false } });
  });

  it('stops for one that was resumed and has ended before it was taken over', async () => {
    const { deps, command, write, load } = await aPayout();
    const before = await write('reserved', 'sending', 'resumed', 'paid');
    for (const execution of ['e1', 'e2']) {
      await expect(reservePayout(deps)({ ...command, execution })).rejects.toMatchObject({
        name: 'Superseded',
      });
    }
    expect(await load()).toEqual(before);
  });

  it('does not take again what an execution that began anew has given back', async () => {
    const { deps, command, write, postings } = await aPayout();
    await write('reserved', 'returned');
    await reservePayout(deps)(command);
    expect(postings()).toEqual(['payout', 'payout_returned']);
  });
});
