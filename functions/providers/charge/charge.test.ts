import { describe, expect, it } from 'vitest';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { foldPayment } from '../../../shared/domain/payment/fold.ts';
import { renderPayment } from '../../../shared/domain/payment/state.ts';
import type { ChargeOutcome, ChargeRequest, Provider } from '../../../shared/ports/provider.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { noOperations } from '../../../test/support/psp/no-operations.ts';
import { providersOf } from '../../../test/support/psp/providers.ts';
import { chargeTerms as terms } from '../../../test/support/sagas/charge-terms.ts';
import { release } from '../../ledger/release/release.ts';
import { reserve } from '../../ledger/reserve/reserve.ts';
import { assessRisk } from '../../risk/assess-risk/assess-risk.ts';
import { charge } from './charge.ts';

const approved = {
  kind: 'approved',
  providerReference: 'ch_1',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
  authorizedUntil: null,
} as const satisfies ChargeOutcome;

async function aReservedPayment(
  outcome: ChargeOutcome,
  capture: 'automatic' | 'manual' = 'automatic',
  known: Pick<Provider, 'remembersChargesMs'> = {},
) {
  const store = memoryPaymentStore();
  const nextStamp = countingStamps();
  const accepted = anAcceptedPayment(nextStamp, { capture_method: capture });
  await store.accept(accepted);
  const command = {
    paymentId: accepted.after.id,
    operationId: null,
    execution: 'execution-1',
    retries: 0,
    error: null,
  };
  const calls: ChargeRequest[] = [];
  const provider = {
    name: 'psp',
    charge: async (request: ChargeRequest) => {
      calls.push(request);
      return outcome;
    },
    ...noOperations,
    ...known,
  };
  const providers = providersOf(provider);
  await reserve({ ...store, nextStamp, providers })(command);
  const run = (other: { readonly execution?: string; readonly retries?: number } = {}) =>
    charge({ ...store, ...terms, nextStamp, providers })({ ...command, ...other });
  const rules = { maxAmountMinor: 10 ** 12, blockedPaymentMethods: [] };
  const restart = () => assessRisk({ ...store, nextStamp, rules })(command);
  const undo = () => release({ ...store, nextStamp })({ ...command, error: 'ProviderBusy' });
  return { store, calls, run, restart, undo, id: accepted.after.id };
}

describe('charge', () => {
  it('captures in one call, with its posting and its fee', async () => {
    const { store, run, id } = await aReservedPayment(approved);
    await run();
    const payment = await store.load(id);
    expect(payment).toMatchObject({ status: 'captured', amountCapturedMinor: 10_000 });
    expect(
      store.transfers.map(({ posting, kind, amountMinor }) => [posting, kind, amountMinor]),
    ).toEqual([
      ['authorized', 'pending', 10_000],
      ['captured', 'post_pending', 10_000],
      ['fee', 'posted', 290],
    ]);
  });

  it('only authorizes when the capture is manual, and keeps the hold', async () => {
    const { store, run, id } = await aReservedPayment({ ...approved, captured: false }, 'manual');
    await run();
    expect(await store.load(id)).toMatchObject({
      status: 'authorized',
      amountAuthorizedMinor: 10_000,
      amountCapturedMinor: 0,
      hold: { state: 'pending' },
    });
  });

  it.each([
    ['the window of the stage', null, '2026-01-08T00:00:00.003Z'],
    ['an earlier end of the PSP', '2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    ['the window before a later end', '2027-01-01T00:00:00.000Z', '2026-01-08T00:00:00.003Z'],
  ])('keeps an authorization until %s', async (_name, authorizedUntil, expires) => {
    const outcome = { ...approved, captured: false, authorizedUntil };
    const { store, run, id } = await aReservedPayment(outcome, 'manual');
    await run();
    expect((await store.load(id))?.authorizationExpires).toBe(expires);
  });

  it('asks the PSP once, however often it is called', async () => {
    const { calls, run, store, id } = await aReservedPayment(approved);
    await run();
    await run();
    expect(calls).toHaveLength(1);
    expect((await store.load(id))?.version).toBe(3);
  });

  it.each([
    ['the execution began anew', { restarts: true, retries: 0 }],
    ['the task was tried before', { restarts: false, retries: 1 }],
  ])(
    'is not sent when the PSP may have forgotten an earlier try: %s',
    async (_name, { restarts, retries }) => {
      const { calls, run, restart, store, id } = await aReservedPayment(approved, 'automatic', {
        remembersChargesMs: 1,
      });
      if (restarts) {
        await restart();
      }
      await expect(run({ retries })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
      expect(calls).toEqual([]);
      expect((await store.load(id))?.unknown).toMatchObject({ operation: 'charge' });
    },
  );

  it('is sent when it is the first, however old the payment, and while the PSP remembers', async () => {
    const old = await aReservedPayment(approved, 'automatic', { remembersChargesMs: 0 });
    await old.run();
    const young = await aReservedPayment(approved, 'automatic', { remembersChargesMs: 60_000 });
    await young.restart();
    await young.run();
    expect([old.calls.length, young.calls.length]).toEqual([1, 1]);
  });

  it('does not ask again while the outcome is unknown', async () => {
    const { calls, run, store, id } = await aReservedPayment({
      kind: 'unknown',
      reason: 'no answer',
    });
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    await expect(run()).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(calls).toHaveLength(1);
    expect(await store.load(id)).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
    });
  });

  it('refuses by name what the PSP declines, and remembers it', async () => {
    const { calls, run, store, id } = await aReservedPayment({
      kind: 'declined',
      code: 'lost_card',
      message: 'The card was lost.',
    });
    await expect(run()).rejects.toMatchObject({ name: 'Declined', message: 'lost_card' });
    await expect(run()).rejects.toMatchObject({ name: 'Declined' });
    expect(calls).toHaveLength(1);
    expect((await store.load(id))?.decline?.code).toBe('lost_card');
  });

  it('records that the PSP was busy, and tries again under the same operation id', async () => {
    const { calls, run, store, id } = await aReservedPayment({ kind: 'busy', reason: '429' });
    await expect(run({ retries: 0 })).rejects.toMatchObject({ name: 'ProviderBusy' });
    await expect(run({ retries: 1 })).rejects.toMatchObject({ name: 'ProviderBusy' });
    expect(calls.map(({ operationId }) => operationId)).toEqual([
      calls[0]?.operationId,
      calls[0]?.operationId,
    ]);
    expect(await store.load(id)).toMatchObject({ status: 'processing', busyTries: 2 });
  });

  it('does not take busy for an answer about an earlier try that left no record', async () => {
    const { run, store, id } = await aReservedPayment({ kind: 'busy', reason: '429' });
    await expect(run({ retries: 0 })).rejects.toMatchObject({ name: 'ProviderBusy' });
    await expect(run({ retries: 2 })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(await store.load(id)).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
      unknown: { operation: 'charge' },
    });
  });

  it('does not take busy for an answer about what an earlier run of the execution sent', async () => {
    const { run, store, id, restart } = await aReservedPayment({ kind: 'busy', reason: '429' });
    await restart();
    await expect(run({ retries: 0 })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(await store.load(id)).toMatchObject({
      status: 'processing',
      hold: { state: 'pending' },
    });
  });

  it('sends nothing once its hold is released', async () => {
    const { calls, run, undo } = await aReservedPayment(approved);
    await undo();
    await expect(run()).rejects.toMatchObject({ name: 'ReservationReleased' });
    expect(calls).toHaveLength(0);
  });

  it.each([
    ['another amount', { amountMinor: 9_999 }],
    ['another currency', { currency: 'USD' }],
    ['no capture', { captured: false }],
  ])('finds a mismatch when the PSP approved %s', async (_name, part) => {
    const { run, store, id } = await aReservedPayment({ ...approved, ...part });
    await expect(run()).rejects.toMatchObject({ name: 'ChargeMismatch' });
    expect(await store.load(id)).toMatchObject({
      status: 'processing',
      charge: { matches: false },
    });
  });

  it('stops an execution that does not own the payment', async () => {
    const { calls, run } = await aReservedPayment(approved);
    await expect(run({ execution: 'execution-2' })).rejects.toMatchObject({ name: 'Superseded' });
    expect(calls).toHaveLength(0);
  });

  it('leaves events whose fold is the state and whose payment is its rendering', async () => {
    const { store, run, id } = await aReservedPayment(approved);
    await run();
    const events = await store.events(id);
    expect(foldPayment(events)).toEqual(await store.load(id));
    for (const [index, event] of events.entries()) {
      const folded = foldPayment(events.slice(0, index + 1));
      expect(folded && renderPayment(folded)).toEqual(event.data.payment);
    }
  });
});
