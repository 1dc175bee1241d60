import { describe, expect, it } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { aBegun, aPsp } from '../../../test/support/payments/operations.ts';
import { voidAuthorization } from './void.ts';

describe('void', () => {
  it.each([
    ['cancel', 'canceled'],
    ['expiry', 'expired'],
  ] as const)('of a payment whose %s was asked for makes it %s', async (what, status) => {
    const { deps, command, operationId, load, postings, since } = await aBegun(what);
    const { providers, asked } = aPsp();
    await voidAuthorization({ ...deps, providers })(command);
    expect(asked).toEqual([{ call: 'void', operationId, providerReference: 'ch_1' }]);
    expect(await load()).toMatchObject({
      status,
      hold: { state: 'released' },
      operations: [{ status: 'succeeded' }],
    });
    expect(await since()).toEqual(['operation_started', status]);
    expect(postings()).toEqual([['released', 'void_pending', 10_000]]);
  });

  it('gives back what a capture of a part has left', async () => {
    const { deps, command, write, load, store } = await aBegun('capture');
    await write(facts.capturedPart, facts.cancelRestRequested, facts.cancelStarted);
    const { providers } = aPsp();
    await voidAuthorization({ ...deps, providers })({
      ...command,
      operationId: facts.cancelRestRequested.facts.operation_id,
    });
    expect(await load()).toMatchObject({ status: 'canceled', amountCapturedMinor: 4_000 });
    expect(store.transfers.at(-1)).toMatchObject({ kind: 'void_pending', amountMinor: 6_000 });
  });

  it('leaves the hold as it was when the PSP declines', async () => {
    const { deps, command, load } = await aBegun('cancel');
    const { providers } = aPsp({ kind: 'declined', code: 'too_late', message: 'No.' });
    await expect(voidAuthorization({ ...deps, providers })(command)).rejects.toMatchObject({
      name: 'Declined',
    });
    expect(await load()).toMatchObject({ status: 'authorized', hold: { state: 'pending' } });
  });
});
