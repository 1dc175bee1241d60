import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/facts.ts';
import { aBegun, anAsked } from '../../../test/support/operations.ts';
import { advanceOperation, loadOperation } from './advance-operation.ts';

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
    expect(after.operation.unknown).toBe(true);
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
