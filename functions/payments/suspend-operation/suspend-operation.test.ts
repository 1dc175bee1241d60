import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { aBegun } from '../../../test/support/payments/operations.ts';
import { suspendOperation } from './suspend-operation.ts';

describe('suspend-operation', () => {
  it.each(['capture', 'cancel', 'refund'] as const)(
    'records that nobody knows what became of the %s, and keeps what is held',
    async (what) => {
      const { deps, command, operation, load, store, id, operationId } = await aBegun(what);
      const { hold } = await load();
      await suspendOperation(deps)({ ...command, error: 'States.Timeout' });
      expect(await operation()).toMatchObject({
        status: 'processing',
        unknown: { since: expect.any(String) },
        held: what === 'refund',
      });
      expect((await load()).hold).toEqual(hold);
      expect((await store.events(id)).at(-1)).toMatchObject({
        type: 'payment.outcome_unknown',
        data: {
          operation_id: operationId,
          operation: what,
          reason: 'the step ended without an answer: States.Timeout',
        },
      });
    },
  );

  it('records it once, and leaves what the step has recorded', async () => {
    const { deps, command, write, since } = await aBegun('capture');
    await write(facts.captureUnknown);
    await suspendOperation(deps)({ ...command, error: 'OutcomeUnknown' });
    await suspendOperation(deps)(command);
    expect(await since()).toEqual(['operation_started', 'outcome_unknown']);
  });

  it.each([
    ['succeeded', [facts.capturedPart]],
    ['failed', [facts.captureDeclined, facts.captureFailed]],
  ])('leaves an operation that has %s', async (_status, end) => {
    const { deps, command, write, since } = await aBegun('capture');
    await write(...end);
    await suspendOperation(deps)(command);
    expect(await since()).toHaveLength(1 + end.length);
  });

  it('ends an operation whose decline is on record: its outcome is known', async () => {
    const capture = await aBegun('capture');
    await capture.write(facts.captureDeclined);
    await suspendOperation(capture.deps)({ ...capture.command, error: 'States.Timeout' });
    expect(await capture.operation()).toMatchObject({
      status: 'failed',
      unknown: null,
      failure: { code: 'refused' },
    });

    const refund = await aBegun('refund');
    await refund.write(facts.refundDeclined);
    await suspendOperation(refund.deps)({ ...refund.command, error: 'States.Timeout' });
    expect((await refund.since()).slice(2)).toEqual(['refund_returned', 'operation_failed']);
  });

  it('ends a refund that went back: nothing was sent', async () => {
    const { deps, command, write, operation } = await aBegun('refund');
    await write(facts.refundReturned);
    await suspendOperation(deps)({ ...command, error: 'States.Timeout' });
    expect((await operation()).status).toBe('failed');
  });

  it('stops an execution that does not own the operation', async () => {
    const { deps, command } = await aBegun('capture');
    await expect(suspendOperation(deps)({ ...command, execution: 'e3' })).rejects.toMatchObject({
      name: 'Superseded',
    });
  });
});
