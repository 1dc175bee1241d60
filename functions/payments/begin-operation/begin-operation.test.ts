import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAsked } from '../../../test/support/payments/operations.ts';
import { beginOperation } from './begin-operation.ts';

describe('begin-operation', () => {
  it.each(['capture', 'cancel', 'expiry'] as const)(
    'takes a %s for its execution',
    async (what) => {
      const { deps, command, operation, since } = await anAsked(what);
      await beginOperation(deps)(command);
      expect(await operation()).toMatchObject({ execution: 'e2', restarted: false });
      expect(await since()).toEqual(['operation_started']);
    },
  );

  it('belongs to one execution when ten come at once', async () => {
    const { deps, command, operation, since } = await anAsked('capture');
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        beginOperation(deps)({ ...command, execution: `e${index}` }),
      ),
    );
    const winners = results.flatMap(({ status }, index) =>
      status === 'fulfilled' ? [`e${index}`] : [],
    );
    expect(winners).toEqual([(await operation()).execution]);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ name: 'Superseded' });
      }
    }
    expect(await since()).toEqual(['operation_started']);
  });

  it('does not ask who owns the payment: its saga is over', async () => {
    const { deps, command, load } = await anAsked('capture');
    expect((await load()).execution).toBe('e1');
    await expect(beginOperation(deps)(command)).resolves.toBeUndefined();
  });

  it.each([0, 1])(
    'puts on record, once, that its execution began anew or may have, at try %i',
    async (retries) => {
      const { deps, command, operation, since } = await anAsked('capture');
      await beginOperation(deps)(command);
      await beginOperation(deps)({ ...command, retries });
      await beginOperation(deps)(command);
      expect(await since()).toEqual(['operation_started', 'operation_restarted']);
      expect(await operation()).toMatchObject({ execution: 'e2', restarted: true });
    },
  );

  it.each([
    ['succeeded', [facts.capturedPart]],
    ['failed', [facts.captureDeclined, facts.captureFailed]],
  ])('stops at an operation that has %s', async (status, end) => {
    const { deps, command, write, operation } = await anAsked('capture');
    await write(facts.captureStarted, ...end);
    expect((await operation()).status).toBe(status);
    await expect(beginOperation(deps)(command)).rejects.toMatchObject({ name: 'Superseded' });
  });

  it.each([null, 'no-such-operation'])(
    'takes an operation %s that is not there for a fault',
    async (operationId) => {
      const { deps, command } = await anAsked('capture');
      const begun = beginOperation(deps)({ ...command, operationId });
      await expect(begun).rejects.toThrow('has no operation');
      await expect(begun).rejects.toMatchObject({ name: 'Error' });
    },
  );

  it.each([
    ['capture', facts.captureStarted, facts.captureResumed],
    ['cancel', facts.cancelStarted, facts.cancelResumed],
  ] as const)(
    'takes over a %s that was resumed, from the execution before',
    async (what, start, resumed) => {
      const { deps, command, write, operation, since } = await anAsked(what);
      await write(start, resumed);
      const next = { ...command, execution: 'e3' };
      await beginOperation(deps)(next);
      await beginOperation(deps)(next);
      expect(await operation()).toMatchObject({ execution: 'e3', restarted: true });
      expect((await since()).slice(-2)).toEqual([`${what}_resumed`, 'operation_restarted']);
      await expect(beginOperation(deps)(command)).rejects.toMatchObject({ name: 'Superseded' });
    },
  );
});
