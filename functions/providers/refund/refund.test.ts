import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { aBegun, aPsp, declined } from '../../../test/support/payments/operations.ts';
import { refund } from './refund.ts';

describe('refund', () => {
  it('gives back so much, and posts it against what the PSP owes us', async () => {
    const { deps, command, operationId, load, operation, postings } = await aBegun('refund');
    const { providers, asked } = aPsp();
    await refund({ ...deps, providers })(command);
    expect(asked).toEqual([
      { call: 'refund', operationId, providerReference: 'ch_1', amountMinor: 3_000 },
    ]);
    expect(await load()).toMatchObject({ status: 'captured', amountRefundedMinor: 3_000 });
    expect(await operation()).toMatchObject({ status: 'succeeded', held: false });
    expect(postings()).toEqual([
      ['refund_requested', 'posted', 3_000],
      ['refund_confirmed', 'posted', 3_000],
    ]);
  });

  it('sends nothing once its amount went back to the merchant', async () => {
    const { deps, command, write } = await aBegun('refund');
    await write(facts.refundReturned);
    const { providers, asked } = aPsp();
    await expect(refund({ ...deps, providers })(command)).rejects.toMatchObject({
      name: 'RefundReturned',
    });
    expect(asked).toEqual([]);
  });

  it('leaves the amount in transit when the PSP declines', async () => {
    const { deps, command, operation, load } = await aBegun('refund');
    const { providers } = aPsp(declined);
    await expect(refund({ ...deps, providers })(command)).rejects.toMatchObject({
      name: 'Declined',
    });
    expect((await operation()).held).toBe(true);
    expect((await load()).amountRefundedMinor).toBe(0);
  });
});
