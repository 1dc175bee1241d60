import { describe, expect, it } from 'vitest';
import { operationId } from '../../../shared/domain/ids.ts';
import type {
  OperationOutcome,
  RefundRequest,
  VoidRequest,
} from '../../../shared/ports/provider.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { aReserved } from '../../../test/support/payments/reserved.ts';
import { providersOf } from '../../../test/support/psp/providers.ts';
import { reverse } from './reverse.ts';

/** A payment that the PSP approved otherwise, and a PSP that answers the reversal like this. */
async function aMismatched(outcome: OperationOutcome, { captured = true } = {}) {
  const payment = await aReserved();
  await payment.write({ ...facts.mismatched, facts: { ...facts.mismatched.facts, captured } });
  return { ...payment, ...withProvider(payment, outcome) };
}

function withProvider(
  { deps, command }: Awaited<ReturnType<typeof aReserved>>,
  outcome: OperationOutcome,
) {
  const calls: ((VoidRequest | RefundRequest) & { readonly means: 'void' | 'refund' })[] = [];
  const notAskedFor = () => Promise.reject(new Error('not asked for'));
  const provider = {
    name: 'psp',
    charge: notAskedFor,
    capture: notAskedFor,
    inquire: notAskedFor,
    void: async (request: VoidRequest) => {
      calls.push({ ...request, means: 'void' });
      return outcome;
    },
    refund: async (request: RefundRequest) => {
      calls.push({ ...request, means: 'refund' });
      return outcome;
    },
  };
  return {
    calls,
    run: (execution = 'e1') =>
      reverse({ ...deps, providers: providersOf(provider) })({ ...command, execution }),
  };
}

describe('reverse', () => {
  it.each([
    [true, 'refund', { amountMinor: null }],
    [false, 'void', {}],
  ])(
    'with the charge captured: %s, asks for a %s of all of it, under an operation id of its own',
    async (captured, means, amount) => {
      const { run, calls, load, id, store } = await aMismatched({ kind: 'done' }, { captured });
      await run();
      expect(calls).toEqual([
        { operationId: operationId(id, 'reverse'), providerReference: 'ch_1', means, ...amount },
      ]);
      expect(operationId(id, 'reverse')).not.toBe(operationId(id, 'charge'));
      expect(await load()).toMatchObject({
        status: 'processing',
        charge: { reversed: true },
        hold: { state: 'pending' },
      });
      expect((await store.events(id)).at(-1)).toMatchObject({
        type: 'payment.charge_reversed',
        data: { means, provider: 'psp', provider_reference: 'ch_1' },
      });
    },
  );

  it('asks the PSP once, however often it is called', async () => {
    const { run, calls, types } = await aMismatched({ kind: 'done' });
    await run();
    await run();
    expect(calls).toHaveLength(1);
    expect(await types()).toEqual(['accepted', 'reserved', 'charge_mismatched', 'charge_reversed']);
  });

  it('records one reversal of two calls at once, which are one operation at the PSP', async () => {
    const { run, calls, types } = await aMismatched({ kind: 'done' });
    await Promise.all([run(), run()]);
    expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1);
    expect(await types()).toEqual(['accepted', 'reserved', 'charge_mismatched', 'charge_reversed']);
  });

  it('refuses by name what is unknown, records it, and does not ask again', async () => {
    const { run, calls, load } = await aMismatched({ kind: 'unknown', reason: 'no answer' });
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(calls).toHaveLength(1);
    expect(await load()).toMatchObject({
      unknown: { operation: 'reverse' },
      charge: { reversed: false },
    });
  });

  it('sends nothing while the outcome of the charge is unknown', async () => {
    const payment = await aReserved();
    await payment.write(facts.unknownCharge);
    const { run, calls } = withProvider(payment, { kind: 'done' });
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(calls).toEqual([]);
  });

  it.each([
    [{ kind: 'busy', reason: '429' }, 'ProviderBusy', '429'],
    [{ kind: 'declined', code: 'too_late', message: 'Too late.' }, 'ReversalRefused', 'too_late'],
  ] as const)(
    'refuses by name when the PSP is %o, and writes nothing',
    async (outcome, name, message) => {
      const { run, types } = await aMismatched(outcome);
      await expect(run()).rejects.toMatchObject({ name, message });
      expect(await types()).toEqual(['accepted', 'reserved', 'charge_mismatched']);
    },
  );

  it('has nothing to do where there is no charge', async () => {
    const payment = await aReserved();
    const { run, calls } = withProvider(payment, { kind: 'done' });
    await run();
    expect(calls).toEqual([]);
    expect(await payment.types()).toEqual(['accepted', 'reserved']);
  });

  it('stops an execution that does not own the payment', async () => {
    const { run, calls } = await aMismatched({ kind: 'done' });
    await expect(run('e2')).rejects.toMatchObject({ name: 'Superseded' });
    expect(calls).toEqual([]);
  });

  it('never reverses a charge that is as it was asked for', async () => {
    for (const fact of [facts.captured, facts.authorized]) {
      const payment = await aReserved();
      await payment.write(fact);
      const { run, calls } = withProvider(payment, { kind: 'done' });
      await expect(run()).rejects.toMatchObject({ name: 'Superseded' });
      expect(calls).toEqual([]);
    }
  });
});
