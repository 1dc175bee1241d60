import { describe, expect, it } from 'vitest';
import { transferId } from '../../../shared/domain/ids.ts';
import type { FeePlans } from '../../../shared/domain/money/fees.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { aBegun, aPsp, claimOf } from '../../../test/support/payments/operations.ts';
import { providersOf } from '../../../test/support/psp/providers.ts';
import { chargeTerms } from '../../../test/support/sagas/charge-terms.ts';
import { capture } from './capture.ts';

async function captured(
  what: 'capture' | 'final capture',
  plans: FeePlans = chargeTerms.plans,
  begun: Awaited<ReturnType<typeof aBegun>> | null = null,
) {
  const operation = begun ?? (await aBegun(what));
  const { providers, asked } = aPsp();
  await capture({ ...operation.deps, providers, plans })(operation.command);
  return { ...operation, asked };
}

describe('capture', () => {
  it('takes a part, posts it with its fee, and holds the rest anew', async () => {
    const { asked, operationId, load, operation, postings, id } = await captured('capture');
    expect(asked).toEqual([
      {
        call: 'capture',
        operationId,
        providerReference: 'ch_1',
        amountMinor: 4_000,
        currency: 'EUR',
        final: false,
      },
    ]);
    expect(await load()).toMatchObject({
      status: 'partially_captured',
      amountCapturedMinor: 4_000,
      feesMinor: 116,
      hold: {
        transferId: transferId(id, 'held_anew', operationId),
        amountMinor: 6_000,
        state: 'pending',
      },
    });
    expect(await operation()).toMatchObject({ status: 'succeeded', feeMinor: 116 });
    expect(postings()).toEqual([
      ['captured', 'post_pending', 4_000],
      ['fee', 'posted', 116],
      ['held_anew', 'pending', 6_000],
    ]);
  });

  it('takes a last part, and releases the rest with it', async () => {
    const { asked, load, postings } = await captured('final capture');
    expect(asked).toMatchObject([{ amountMinor: 5_000, final: true }]);
    expect(await load()).toMatchObject({
      status: 'captured',
      amountCapturedMinor: 5_000,
      hold: { state: 'posted' },
    });
    expect(postings()).toEqual([
      ['captured', 'post_pending', 5_000],
      ['fee', 'posted', 145],
    ]);
  });

  it('takes the fee on all that is captured by then, less what was taken before', async () => {
    const plans: FeePlans = {
      standard: { basisPoints: 290, fixedMinor: { EUR: 30 } },
      negotiated: {},
      tenants: {},
    };
    const first = await captured('capture', plans);
    expect((await first.load()).feesMinor).toBe(146);
    await first.write(facts.restRequested, claimOf['final capture']);
    const { operation_id } = facts.restRequested.facts;
    const { providers } = aPsp();
    await capture({ ...first.deps, providers, plans })({
      ...first.command,
      operationId: operation_id,
    });
    // 2.9 % of 90.00 and 0.30 once.
    expect(await first.load()).toMatchObject({ amountCapturedMinor: 9_000, feesMinor: 291 });
  });

  it('takes the fee of the tenant’s own plan', async () => {
    const plans: FeePlans = {
      ...chargeTerms.plans,
      negotiated: { cheap: { basisPoints: 100, fixedMinor: {} } },
      tenants: { acme: 'cheap' },
    };
    const { load } = await captured('capture', plans);
    expect((await load()).feesMinor).toBe(40);
  });

  it('asks the PSP for nothing when nobody can say the fee', async () => {
    const operation = await aBegun('capture');
    const { providers, asked } = aPsp();
    const plans: FeePlans = { ...chargeTerms.plans, tenants: { acme: 'gone' } };
    const run = capture({ ...operation.deps, providers, plans })(operation.command);
    await expect(run).rejects.toThrow(RangeError);
    expect(asked).toEqual([]);
  });

  it('counts what another capture took while the PSP was asked', async () => {
    const operation = await aBegun('capture');
    const other = operation.operationId.replace(/^./, 'f');
    await operation.write(
      {
        type: 'payment.capture_requested',
        facts: { operation_id: other, amount: 6_000, final: false, request_hash: 'h' },
      },
      { type: 'payment.operation_started', facts: { operation_id: other, execution: 'e9' } },
    );
    const { provider } = aPsp();
    const asking = {
      ...provider,
      capture: async () => {
        await operation.write({
          ...facts.capturedPart,
          facts: { ...facts.capturedPart.facts, operation_id: other, amount: 6_000, fee: 174 },
        });
        return { kind: 'done' } as const;
      },
    };
    await capture({
      ...operation.deps,
      providers: providersOf(asking),
      plans: chargeTerms.plans,
    })(operation.command);
    expect(await operation.load()).toMatchObject({
      status: 'captured',
      amountCapturedMinor: 10_000,
      feesMinor: 290,
      hold: { state: 'posted' },
    });
  });
});
