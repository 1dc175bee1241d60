import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { aBegun, anAsked } from '../../../test/support/payments/operations.ts';
import { failOperation } from './fail-operation.ts';

describe('fail-operation', () => {
  it.each(['capture', 'cancel', 'expiry', 'refund'] as const)(
    'ends a %s that the PSP was too busy for, and leaves the payment as it was',
    async (what) => {
      const { deps, command, operation, load } = await aBegun(what);
      const before = await load();
      await failOperation(deps)({ ...command, error: 'ProviderBusy' });
      expect(await operation()).toMatchObject({
        status: 'failed',
        held: false,
        failure: { code: 'provider_unavailable', message: expect.stringMatching(/\.$/) },
      });
      const { operations: _, version: _v, lastEventId: _l, ...rest } = before;
      expect(await load()).toMatchObject(rest);
    },
  );

  it('says what the PSP said, whatever error led here', async () => {
    for (const error of ['Declined', 'ProviderBusy', null]) {
      const { deps, command, write, operation } = await aBegun('capture');
      await write(facts.captureDeclined);
      await failOperation(deps)({ ...command, error });
      expect((await operation()).failure).toEqual({ code: 'refused', message: 'No.' });
    }
  });

  it.each(['States.Timeout', 'TypeError', null])(
    'after %s of the first step ends what was never begun, and so never sent',
    async (error) => {
      for (const what of ['capture', 'cancel', 'refund'] as const) {
        const { deps, command, operation, since } = await anAsked(what);
        await failOperation(deps)({ ...command, error });
        expect((await operation()).failure?.code).toBe('internal_error');
        expect(await since()).toEqual(['operation_failed']);
      }
    },
  );

  it('after a fault of the first step does not end what an earlier run may have sent', async () => {
    for (const what of ['capture', 'cancel', 'refund'] as const) {
      const { deps, command, operation, since } = await aBegun(what);
      await failOperation(deps)({ ...command, error: 'States.Timeout' });
      expect(await operation()).toMatchObject({
        status: 'processing',
        unknown: { since: expect.any(String) },
        held: what === 'refund',
      });
      expect((await since()).slice(1)).toEqual(['outcome_unknown']);
    }
  });

  it('gives a refund that is still in transit back before it ends it', async () => {
    const { deps, command, since, postings } = await aBegun('refund');
    await failOperation(deps)({ ...command, error: 'ProviderBusy' });
    expect(await since()).toEqual(['refund_held', 'refund_returned', 'operation_failed']);
    expect(postings().map(([posting]) => posting)).toEqual(['refund_requested', 'refund_returned']);
  });

  it('ends a refund whose way forward was closed as one that the PSP was too busy for', async () => {
    const { deps, command, write, operation } = await aBegun('refund');
    await write(facts.refundReturned);
    await failOperation(deps)({ ...command, error: 'RefundReturned' });
    expect((await operation()).failure?.code).toBe('provider_unavailable');
  });

  it('ends it once, by its first reason', async () => {
    const { deps, command, operation, since } = await aBegun('capture');
    const again = { ...command, error: 'ProviderBusy' };
    await Promise.all([failOperation(deps)(again), failOperation(deps)(again)]);
    await failOperation(deps)({ ...command, error: 'Declined' });
    expect((await operation()).failure?.code).toBe('provider_unavailable');
    expect(await since()).toEqual(['operation_started', 'operation_failed']);
  });

  it.each([
    ['succeeded', facts.capturedPart],
    ['become unknown', facts.captureUnknown],
  ])('leaves an operation that has %s', async (_name, fact) => {
    const { deps, command, write, since } = await aBegun('capture');
    await write(fact);
    await failOperation(deps)({ ...command, error: 'ProviderBusy' });
    expect(await since()).toHaveLength(2);
  });

  it('stops an execution that does not own the operation', async () => {
    const { deps, command } = await aBegun('capture');
    const other = { ...command, execution: 'e3', error: 'ProviderBusy' };
    await expect(failOperation(deps)(other)).rejects.toMatchObject({ name: 'Superseded' });
  });
});
