import { describe, expect, it } from 'vitest';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import type { RiskRules } from '../../shared/domain/risk/assess.ts';
import { paymentSaga } from '../../shared/domain/saga/payment-saga.ts';
import type {
  ChargeOutcome,
  ChargeRequest,
  OperationOutcome,
} from '../../shared/ports/provider.ts';
import { anAcceptedPayment, countingStamps } from '../support/payments/payments.ts';
import { providersOf } from '../support/psp/providers.ts';
import { paymentTasks } from '../support/sagas/pipeline.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';

const approve = (request: ChargeRequest): ChargeOutcome => ({
  kind: 'approved',
  providerReference: 'ch_1',
  amountMinor: request.amountMinor,
  currency: request.currency,
  captured: request.capture,
  authorizedUntil: null,
});

async function runPayment(
  chargeAnswer: (request: ChargeRequest, call: number) => ChargeOutcome,
  {
    reversal = { kind: 'done' },
    rules,
  }: { readonly reversal?: OperationOutcome; readonly rules?: RiskRules } = {},
) {
  const store = memoryPaymentStore();
  const nextStamp = countingStamps();
  const { after } = anAcceptedPayment(nextStamp);
  await store.accept(anAcceptedPayment(nextStamp));
  let calls = 0;
  const provider = {
    name: 'psp',
    charge: async (request: ChargeRequest) => {
      calls += 1;
      return chargeAnswer(request, calls);
    },
    capture: () => Promise.reject(new Error('no saga of a payment captures')),
    void: async () => reversal,
    refund: async () => reversal,
    inquire: () => Promise.reject(new Error('no saga of a payment inquires')),
  };
  const providers = providersOf(provider);
  const tasks = paymentTasks({ store, providers, nextStamp, ...(rules ? { rules } : {}) });
  const run = await runSaga(paymentSaga, tasks, { paymentId: after.id, execution: 'e1' });
  const events = (await store.events(after.id)).map(({ type }) => type.replace('payment.', ''));
  return {
    run,
    events,
    payment: await store.load(after.id),
    postings: store.transfers.map((t) => t.posting),
    calls,
  };
}

describe('the payment saga', () => {
  it('takes a payment in three tasks', async () => {
    const { run, events, payment } = await runPayment(approve);
    expect(run).toEqual({ result: 'succeeded', called: ['assess-risk', 'reserve', 'charge'] });
    expect(events).toEqual(['accepted', 'reserved', 'captured']);
    expect(payment?.status).toBe('captured');
  });

  it('fails a declined payment with the code of the PSP, and releases the hold', async () => {
    const { run, events, payment, postings } = await runPayment(() => ({
      kind: 'declined',
      code: 'insufficient_funds',
      message: 'Not enough.',
    }));
    expect(run.called).toEqual(['assess-risk', 'reserve', 'charge', 'release', 'fail']);
    expect(events).toEqual([
      'accepted',
      'reserved',
      'charge_declined',
      'reservation_released',
      'failed',
    ]);
    expect(payment).toMatchObject({ status: 'failed', failure: { code: 'insufficient_funds' } });
    expect(postings).toEqual(['authorized', 'released']);
  });

  it('tries a busy PSP again', async () => {
    const { payment, calls } = await runPayment((request, call) =>
      call === 1 ? { kind: 'busy', reason: '429' } : approve(request),
    );
    expect(payment?.status).toBe('captured');
    expect(calls).toBe(2);
  });

  it('undoes everything when the PSP stays busy', async () => {
    const { run, payment, postings, calls } = await runPayment(() => ({
      kind: 'busy',
      reason: '429',
    }));
    expect(calls).toBe(4);
    expect(run.called.slice(-2)).toEqual(['release', 'fail']);
    expect(payment).toMatchObject({ status: 'failed', failure: { code: 'provider_unavailable' } });
    expect(postings).toEqual(['authorized', 'released']);
  });

  it('leaves an unknown outcome processing, with its hold, asked once', async () => {
    const { events, payment, postings, calls } = await runPayment(() => ({
      kind: 'unknown',
      reason: 'no answer',
    }));
    expect(events).toEqual(['accepted', 'reserved', 'outcome_unknown']);
    expect(payment).toMatchObject({ status: 'processing', hold: { state: 'pending' } });
    expect(postings).toEqual(['authorized']);
    expect(calls).toBe(1);
  });

  it('reverses at the PSP what was approved for another amount', async () => {
    const { run, events, payment } = await runPayment((request) => ({
      ...(approve(request) as Extract<ChargeOutcome, { kind: 'approved' }>),
      amountMinor: request.amountMinor - 1,
    }));
    expect(run.called).toEqual(['assess-risk', 'reserve', 'charge', 'reverse', 'release', 'fail']);
    expect(events.slice(2)).toEqual([
      'charge_mismatched',
      'charge_reversed',
      'reservation_released',
      'failed',
    ]);
    expect(payment).toMatchObject({ status: 'failed', failure: { code: 'provider_mismatch' } });
  });

  it('suspends when it is not known whether the reversal happened', async () => {
    const { payment, events } = await runPayment(
      (request) => ({
        ...(approve(request) as Extract<ChargeOutcome, { kind: 'approved' }>),
        currency: 'USD',
      }),
      { reversal: { kind: 'unknown', reason: 'no answer' } },
    );
    expect(events.at(-1)).toBe('outcome_unknown');
    expect(payment).toMatchObject({ status: 'processing', unknown: { operation: 'reverse' } });
  });

  it('halts for a person when the PSP refuses the reversal', async () => {
    const { run, payment } = await runPayment(
      (request) => ({
        ...(approve(request) as Extract<ChargeOutcome, { kind: 'approved' }>),
        captured: false,
      }),
      { reversal: { kind: 'declined', code: 'too_late', message: 'Too late.' } },
    );
    expect(run.result).toBe('failed');
    expect(payment).toMatchObject({ status: 'processing', hold: { state: 'pending' } });
  });

  it.each([
    ['above the limit', { maxAmountMinor: 9_999, blockedPaymentMethods: [] }],
    ['of a blocked method', { maxAmountMinor: 10_000, blockedPaymentMethods: ['tok_approve'] }],
  ])('refuses a payment %s before anything is held or sent', async (_name, rules) => {
    const { run, payment, postings, calls } = await runPayment(approve, { rules });
    expect(run.called).toEqual(['assess-risk', 'fail']);
    expect(payment).toMatchObject({ status: 'failed', failure: { code: 'risk_refused' } });
    expect(postings).toEqual([]);
    expect(calls).toBe(0);
  });
});
