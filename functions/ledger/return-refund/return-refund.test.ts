import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { aBegun, anAsked } from '../../../test/support/payments/operations.ts';
import { returnRefund } from './return-refund.ts';

describe('return-refund', () => {
  it('gives back what the PSP was too busy to send', async () => {
    const { deps, command, operation, postings, since } = await aBegun('refund');
    await returnRefund(deps)({ ...command, error: 'ProviderBusy' });
    expect(await operation()).toMatchObject({ status: 'processing', held: false });
    expect(await since()).toEqual(['refund_held', 'refund_returned']);
    expect(postings()).toEqual([
      ['refund_requested', 'posted', 3_000],
      ['refund_returned', 'posted', 3_000],
    ]);
  });

  it.each(['Declined', null])('gives back what the PSP declined, after %s', async (error) => {
    const { deps, command, write, operation } = await aBegun('refund');
    await write(facts.refundDeclined);
    await returnRefund(deps)({ ...command, error });
    expect((await operation()).held).toBe(false);
  });

  it('gives it back once, however often it is called', async () => {
    const { deps, command, postings } = await aBegun('refund');
    const again = { ...command, error: 'ProviderBusy' };
    await Promise.all([returnRefund(deps)(again), returnRefund(deps)(again)]);
    await returnRefund(deps)(again);
    expect(postings()).toHaveLength(2);
  });

  it('has nothing to do where nothing was taken', async () => {
    const { deps, command, since } = await anAsked('refund');
    await returnRefund(deps)({ ...command, error: 'States.Timeout' });
    expect(await since()).toEqual([]);
  });

  it('leaves in transit what may have been sent by an earlier run of the execution', async () => {
    const { deps, command, since } = await aBegun('refund');
    await returnRefund(deps)({ ...command, error: 'States.Timeout' });
    expect(await since()).toEqual(['refund_held']);
  });

  it('leaves in transit what nobody knows the outcome of', async () => {
    const { deps, command, write, operation } = await aBegun('refund');
    await write(facts.refundUnknown);
    await returnRefund(deps)({ ...command, error: 'ProviderBusy' });
    expect(await operation()).toMatchObject({ held: true, unknown: { since: expect.any(String) } });
  });

  it('stops an execution that does not own the refund', async () => {
    const { deps, command } = await aBegun('refund');
    const other = { ...command, execution: 'e3', error: 'ProviderBusy' };
    await expect(returnRefund(deps)(other)).rejects.toMatchObject({ name: 'Superseded' });
  });
});
