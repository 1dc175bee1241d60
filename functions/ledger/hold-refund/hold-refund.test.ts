import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAsked } from '../../../test/support/payments/operations.ts';
import { holdRefund } from './hold-refund.ts';

describe('hold-refund', () => {
  it('takes the amount into transit, in the change that makes the owner', async () => {
    const { deps, command, operation, postings, store, operationId } = await anAsked('refund');
    await holdRefund(deps)(command);
    expect(await operation()).toMatchObject({
      status: 'processing',
      held: true,
      execution: 'e2',
      restarted: false,
    });
    expect(postings()).toEqual([['refund_requested', 'posted', 3_000]]);
    expect(store.transfers.at(-1)).toMatchObject({
      debitAccount: 'merchant_payable',
      creditAccount: 'refunds_in_transit',
      operationId,
    });
  });

  it('takes it once, and puts on record that its execution began anew', async () => {
    const { deps, command, postings, since, operation } = await anAsked('refund');
    await holdRefund(deps)(command);
    await Promise.all([holdRefund(deps)(command), holdRefund(deps)(command)]);
    expect(postings()).toHaveLength(1);
    expect(await since()).toEqual(['refund_held', 'operation_restarted']);
    expect((await operation()).restarted).toBe(true);
  });

  it('does not take again what went back', async () => {
    const { deps, command, write, operation, postings } = await anAsked('refund');
    await write(facts.refundHeld, facts.refundReturned);
    await holdRefund(deps)(command);
    expect((await operation()).held).toBe(false);
    expect(postings()).toHaveLength(2);
  });

  it('stops an execution that does not own the refund, and one of a refund that has ended', async () => {
    const { deps, command, write } = await anAsked('refund');
    await write(facts.refundHeld);
    const other = { ...command, execution: 'e3' };
    await expect(holdRefund(deps)(other)).rejects.toMatchObject({ name: 'Superseded' });
    await write(facts.refunded);
    await expect(holdRefund(deps)(command)).rejects.toMatchObject({ name: 'Superseded' });
  });

  it('of a payment that has ended otherwise is as good as any', async () => {
    const { deps, command, postings, write } = await anAsked('refund');
    await write(facts.disputeOpened);
    await holdRefund(deps)(command);
    expect(postings().at(-1)).toEqual(['refund_requested', 'posted', 3_000]);
  });

  it('takes over a refund that was resumed, with what is in transit as it is', async () => {
    const { deps, command, write, operation, postings, since } = await anAsked('refund');
    await write(facts.refundHeld, facts.refundResumed);
    const next = { ...command, execution: 'e3' };
    await holdRefund(deps)(next);
    await holdRefund(deps)(next);
    expect(await operation()).toMatchObject({ execution: 'e3', held: true, restarted: true });
    expect(await since()).toEqual(['refund_held', 'refund_resumed', 'operation_restarted']);
    expect(postings()).toHaveLength(1);
    await expect(holdRefund(deps)(command)).rejects.toMatchObject({ name: 'Superseded' });
  });

  it('takes the amount of a refund that was resumed before anybody began it', async () => {
    const { deps, command, write, operation, postings } = await anAsked('refund');
    await write(facts.refundResumed);
    await holdRefund(deps)({ ...command, execution: 'e3' });
    expect(await operation()).toMatchObject({ execution: 'e3', held: true, restarted: false });
    expect(postings()).toHaveLength(1);
  });
});
