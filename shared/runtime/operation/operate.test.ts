import { describe, expect, it } from 'vitest';
import { capture } from '../../../functions/providers/capture/capture.ts';
import { refund } from '../../../functions/providers/refund/refund.ts';
import { voidAuthorization } from '../../../functions/providers/void/void.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import {
  aBegun,
  anAsked,
  aPsp,
  busy,
  declined,
  noAnswer,
} from '../../../test/support/payments/operations.ts';
import { providersOf } from '../../../test/support/psp/providers.ts';
import { chargeTerms } from '../../../test/support/sagas/charge-terms.ts';
import type { OperationOutcome } from '../../ports/provider.ts';
import type { TaskCommand } from '../saga-task.ts';

const kinds = ['capture', 'cancel', 'refund'] as const;

/** Something that was asked of a payment and begun, and a PSP that answers it like this. */
async function begun(
  what: (typeof kinds)[number],
  outcomes: readonly OperationOutcome[],
  from: ReturnType<typeof aBegun> = aBegun(what),
) {
  const operation = await from;
  const { providers, asked } = aPsp(...outcomes);
  const deps = { ...operation.deps, providers };
  const task = {
    capture: capture({ ...deps, plans: chargeTerms.plans }),
    cancel: voidAuthorization(deps),
    refund: refund(deps),
  }[what];
  const run = (other: Partial<TaskCommand> = {}) => task({ ...operation.command, ...other });
  return { ...operation, asked, run };
}

describe.each(kinds)('a %s at the PSP', (what) => {
  it('is asked for once, under the id of the operation, however often the task is called', async () => {
    const { run, asked, operation, operationId } = await begun(what, [{ kind: 'done' }]);
    await run();
    await run();
    expect(asked).toEqual([expect.objectContaining({ operationId, providerReference: 'ch_1' })]);
    expect(await operation()).toMatchObject({ status: 'succeeded', unknown: null });
  });

  it('is recorded once of two calls at once, which are one operation at the PSP', async () => {
    const { run, asked, since } = await begun(what, [{ kind: 'done' }]);
    await Promise.all([run(), run()]);
    expect(new Set(asked.map((call) => JSON.stringify(call))).size).toBe(1);
    expect(await since()).toHaveLength(2);
  });

  it('refuses by name what the PSP declines, remembers it, and does not ask again', async () => {
    const { run, asked, operation } = await begun(what, [declined]);
    await expect(run()).rejects.toMatchObject({ name: 'Declined', message: 'too_late' });
    await expect(run()).rejects.toMatchObject({ name: 'Declined' });
    expect(asked).toHaveLength(1);
    expect(await operation()).toMatchObject({
      status: 'processing',
      decline: { code: 'too_late', message: 'No.' },
    });
  });

  it('refuses by name what is unknown, records it, and does not ask again', async () => {
    const { run, asked, operation, store, id, operationId } = await begun(what, [noAnswer]);
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(asked).toHaveLength(1);
    expect(await operation()).toMatchObject({
      status: 'processing',
      unknown: { since: expect.any(String) },
    });
    expect((await store.events(id)).at(-1)?.data).toMatchObject({
      operation_id: operationId,
      operation: what,
      reason: 'no answer',
    });
  });

  it('is tried again under the same id after the PSP was busy, which goes on record', async () => {
    const { run, asked, operation, operationId } = await begun(what, [
      busy,
      busy,
      { kind: 'done' },
    ]);
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy', message: '429' });
    await expect(run({ retries: 1 })).rejects.toMatchObject({ name: 'ProviderBusy' });
    expect((await operation()).busyTries).toBe(2);
    await run({ retries: 2 });
    expect(asked.map((call) => call.operationId)).toEqual(Array(3).fill(operationId));
    expect((await operation()).status).toBe('succeeded');
  });

  it('does not take busy for an answer about an earlier try that left no record', async () => {
    const { run, operation } = await begun(what, [busy]);
    await expect(run()).rejects.toMatchObject({ name: 'ProviderBusy' });
    await expect(run({ retries: 2 })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(await operation()).toMatchObject({
      unknown: { since: expect.any(String) },
      busyTries: 1,
    });
  });

  it('does not take busy for an answer about what an earlier run of the execution sent', async () => {
    const { run, operation, write, operationId } = await begun(what, [busy]);
    await write({
      type: 'payment.operation_restarted',
      facts: { operation_id: operationId, execution: 'e2' },
    });
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect((await operation()).unknown).not.toBeNull();
  });

  it('sends nothing for an execution that does not own the operation', async () => {
    const { run, asked } = await begun(what, [{ kind: 'done' }]);
    await expect(run({ execution: 'e3' })).rejects.toMatchObject({ name: 'Superseded' });
    expect(asked).toEqual([]);
  });

  it('sends nothing of what has failed', async () => {
    const { run, asked, write, operationId, since } = await begun(what, [{ kind: 'done' }]);
    if (what === 'refund') {
      await write(facts.refundReturned);
    }
    await write({
      type: 'payment.operation_failed',
      facts: { operation_id: operationId, operation: what, code: 'c', message: 'm' },
    });
    await expect(run()).rejects.toMatchObject({ name: 'Superseded' });
    expect(asked).toEqual([]);
    expect((await since()).at(-1)).toBe('operation_failed');
  });

  it('sends nothing of what is not begun', async () => {
    const { run, asked } = await begun(what, [{ kind: 'done' }], anAsked(what));
    await expect(run()).rejects.toThrow('not begun');
    expect(asked).toEqual([]);
  });

  it('sends nothing for an operation of another kind', async () => {
    const other = what === 'refund' ? 'capture' : 'refund';
    const { run, asked } = await begun(what, [{ kind: 'done' }], aBegun(other));
    await expect(run()).rejects.toThrow(`a ${other} that`);
    expect(asked).toEqual([]);
  });
});

describe('what another run recorded while the PSP was asked', () => {
  it('is the answer', async () => {
    const operation = await aBegun('capture');
    const { provider } = aPsp();
    const task = capture({
      ...operation.deps,
      plans: chargeTerms.plans,
      providers: providersOf({
        ...provider,
        capture: async () => {
          await operation.write(facts.captureDeclined);
          return busy;
        },
      }),
    });
    await expect(task(operation.command)).rejects.toMatchObject({
      name: 'Declined',
      message: 'refused',
    });
    expect((await operation.operation()).busyTries).toBe(0);
  });
});
