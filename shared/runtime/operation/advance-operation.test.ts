import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { aBegun, anAsked } from '../../../test/support/payments/operations.ts';
import { advanceOperation, claimOperation, loadOperation } from './advance-operation.ts';

const unknown = () => facts.captureUnknown;

describe('the operation of an execution', () => {
  it('is anybody’s before it is begun, and its execution’s from then on', async () => {
    const asked = await anAsked('capture');
    const other = { ...asked.command, execution: 'e3' };
    expect((await loadOperation(asked.deps.load, other)).operation).toEqual(
      await asked.operation(),
    );
    const begun = await aBegun('capture');
    expect(await loadOperation(begun.deps.load, begun.command)).toEqual({
      payment: await begun.load(),
      operation: await begun.operation(),
    });
    await expect(loadOperation(begun.deps.load, other)).rejects.toMatchObject({
      name: 'Superseded',
    });
  });

  it('that is not in the store is a fault, not a refusal', async () => {
    const { deps, command } = await anAsked('capture');
    await expect(loadOperation(async () => null, command)).rejects.toThrow('is not in the store');
    await expect(loadOperation(deps.load, { ...command, operationId: 'x' })).rejects.toThrow(
      'has no operation x',
    );
  });
});

describe('a change of an operation', () => {
  it('is written once, and gives the operation with the change in it', async () => {
    const { deps, command, load, operation } = await aBegun('capture');
    const after = await advanceOperation(deps, command, unknown);
    expect(after).toEqual({ payment: await load(), operation: await operation() });
    expect(after.operation.unknown).toEqual({ since: expect.any(String) });
  });

  it('is not written when there is none to make', async () => {
    const { deps, command, since } = await aBegun('capture');
    await advanceOperation(deps, command, () => null);
    expect(await since()).toEqual(['operation_started']);
  });

  it('is decided anew on what is there now when another came first, and stops for its owner', async () => {
    const { deps, command, write } = await anAsked('capture');
    const seen: (string | null)[] = [];
    const overtaken = advanceOperation(
      {
        ...deps,
        append: async (change) => {
          if (seen.length === 1) {
            await write(facts.captureStarted);
          }
          return deps.append(change);
        },
      },
      { ...command, execution: 'e3' },
      ({ execution }) => {
        seen.push(execution);
        return unknown();
      },
    );
    await expect(overtaken).rejects.toMatchObject({ name: 'Superseded' });
    expect(seen).toEqual([null]);
  });
});

describe('an operation that was resumed', () => {
  const kinds = ['capture', 'cancel', 'refund'] as const;
  const resumedAs = {
    capture: facts.captureResumed,
    cancel: facts.cancelResumed,
    refund: facts.refundResumed,
  };

  /** One that `e2` has begun and that was resumed, and the first step of an execution. */
  async function resumed(what: (typeof kinds)[number]) {
    const operation = await aBegun(what);
    await operation.write(resumedAs[what]);
    const claim = (execution: string) =>
      claimOperation(operation.deps, { ...operation.command, execution }, () => {
        throw new Error('it is begun');
      });
    return { ...operation, claim };
  }

  it.each(kinds)(
    'is a %s for the first step of an execution, and for nobody else',
    async (what) => {
      const { deps, command, claim, operation } = await resumed(what);
      for (const execution of ['e2', 'e3']) {
        await expect(loadOperation(deps.load, { ...command, execution })).rejects.toMatchObject({
          name: 'Superseded',
        });
      }
      await claim('e3');
      expect(await operation()).toMatchObject({
        execution: 'e3',
        restarted: true,
        progress: { resumes: 1, resumed: false },
      });
      await expect(
        loadOperation(deps.load, { ...command, execution: 'e3' }),
      ).resolves.toBeDefined();
    },
  );

  it.each(kinds)('is a %s that the execution before cannot take back', async (what) => {
    const { deps, command, claim, since } = await resumed(what);
    await claim('e3');
    await expect(claim('e2')).rejects.toMatchObject({ name: 'Superseded' });
    await expect(advanceOperation(deps, command, () => null)).rejects.toMatchObject({
      name: 'Superseded',
    });
    // A repeated first step of the one that has it changes nothing.
    await claim('e3');
    expect((await since()).slice(-2)).toEqual([`${what}_resumed`, 'operation_restarted']);
  });

  it.each(kinds)('is a %s of one execution when ten take it at once', async (what) => {
    const { claim, operation, since } = await resumed(what);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => claim(`n${index}`)),
    );
    const winners = results.flatMap(({ status }, index) =>
      status === 'fulfilled' ? [`n${index}`] : [],
    );
    expect(winners).toEqual([(await operation()).execution]);
    expect((await since()).filter((type) => type === 'operation_restarted')).toHaveLength(1);
  });

  it('is taken over anew each time that it is resumed', async () => {
    const { claim, write, operation, since } = await resumed('capture');
    await claim('e3');
    await write(facts.captureResumed);
    await claim('e4');
    expect(await operation()).toMatchObject({ execution: 'e4', progress: { resumes: 2 } });
    expect((await since()).filter((type) => type === 'operation_restarted')).toHaveLength(2);
  });

  it('before its first step is begun like any other', async () => {
    const { deps, command, write, operation } = await anAsked('capture');
    await write(facts.captureResumed);
    await claimOperation(deps, { ...command, execution: 'e3' }, ({ id }) => ({
      type: 'payment.operation_started',
      facts: { operation_id: id, execution: 'e3' },
    }));
    expect(await operation()).toMatchObject({
      execution: 'e3',
      restarted: false,
      progress: { resumes: 1, resumed: false },
    });
  });

  it('is nobody’s to take once it has ended', async () => {
    const { claim, write } = await resumed('capture');
    await write(facts.capturedPart);
    await expect(claim('e3')).rejects.toMatchObject({ name: 'Superseded' });
  });
});
