import { describe, expect, it } from 'vitest';
import { simulatorProvider } from '../../shared/adapters/simulator-provider/simulator-provider.ts';
import type { SimulatorToken } from '../../shared/contracts/simulator/behaviour.ts';
import { simulatorRoots } from '../../shared/contracts/simulator/common.ts';
import type { ChargeOutcome, ChargeRequest, InquiryRequest } from '../../shared/ports/provider.ts';
import { aSimulator, simulatorFetch } from '../support/psp/simulator.ts';

const request: ChargeRequest = {
  operationId: 'op-1',
  reference: 'pay-1',
  amountMinor: 10_000,
  currency: 'EUR',
  paymentMethod: 'tok_approve',
  capture: true,
};

function aPair(delay?: (ms: number) => Promise<unknown>, deadlineMs = 5_000) {
  const simulator = aSimulator(delay ? { delay } : {});
  const provider = simulatorProvider({
    baseUrl: 'http://simulator',
    deadlineMs,
    fetch: simulatorFetch(simulator.api),
  });
  return { ...simulator, provider };
}

const approved = {
  kind: 'approved',
  providerReference: 'ch_1',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
  authorizedUntil: null,
} as const satisfies ChargeOutcome;
const busy: ChargeOutcome = { kind: 'busy', reason: 'answered 429' };
const declined = (code: string): ChargeOutcome => ({
  kind: 'declined',
  code,
  message: expect.any(String),
});

const done = { kind: 'done' } as const;
const noAnswer = { kind: 'unknown', reason: 'answered 504' } as const;
const notFound = { kind: 'not_found' } as const;
const noInquiry = { kind: 'unavailable', reason: 'answered 504' } as const;
const inquiry: InquiryRequest = {
  kind: 'charge',
  operationId: 'op-1',
  reference: 'pay-1',
  amountMinor: 10_000,
  currency: 'EUR',
};
const down = { kind: 'unknown', reason: 'answered 503' } as const;
const of = { providerReference: 'ch_1' } as const;
const totals = (part: Readonly<Record<string, number>>) => ({
  EUR: { authorized: 10_000, captured: 0, voided: 0, refunded: 0, disputed: 0, ...part },
});

/** What the pipeline makes of a charge with each token, at the first call and at a second one. */
const outcomes: Record<SimulatorToken, readonly [ChargeOutcome, ChargeOutcome, number]> = {
  tok_approve: [approved, approved, 1],
  tok_blocked_by_risk: [approved, approved, 1],
  tok_slow: [approved, approved, 1],
  tok_short_authorization: [approved, approved, 1],
  tok_capture_declined: [approved, approved, 1],
  tok_capture_busy_once: [approved, approved, 1],
  tok_capture_never_answers: [approved, approved, 1],
  tok_capture_timeout_then_captured: [approved, approved, 1],
  tok_void_declined: [approved, approved, 1],
  tok_void_never_answers: [approved, approved, 1],
  tok_void_timeout_then_voided: [approved, approved, 1],
  tok_refund_declined: [approved, approved, 1],
  tok_refund_busy_once: [approved, approved, 1],
  tok_refund_never_answers: [approved, approved, 1],
  tok_refund_timeout_then_refunded: [approved, approved, 1],
  tok_decline_insufficient_funds: [
    declined('insufficient_funds'),
    declined('insufficient_funds'),
    0,
  ],
  tok_decline_lost_card: [declined('lost_card'), declined('lost_card'), 0],
  tok_decline_do_not_honor: [declined('do_not_honor'), declined('do_not_honor'), 0],
  tok_busy_once: [busy, approved, 1],
  tok_busy_always: [busy, busy, 0],
  tok_timeout_never_arrived: [noAnswer, noAnswer, 0],
  tok_timeout_then_approved: [noAnswer, approved, 1],
  tok_timeout_then_declined: [noAnswer, declined('do_not_honor'), 0],
  tok_timeout_forever: [noAnswer, approved, 1],
  tok_5xx_after_effect: [{ kind: 'unknown', reason: 'answered 500' }, approved, 1],
  tok_duplicate_webhook: [approved, approved, 1],
  tok_early_webhook: [approved, approved, 1],
  tok_late_webhook: [noAnswer, approved, 1],
  tok_contradicting_webhook: [approved, approved, 1],
  tok_busy_at_first_psp: [busy, busy, 0],
  tok_down_at_first_psp: [down, down, 0],
  tok_amount_mismatch: [
    { ...approved, amountMinor: 9_999 },
    { ...approved, amountMinor: 9_999 },
    1,
  ],
};

describe('the adapter and the simulator', () => {
  it.each(Object.entries(outcomes))('%s', async (paymentMethod, [first, second, effects]) => {
    const { provider, get } = aPair();
    expect(await provider.charge({ ...request, paymentMethod })).toEqual(first);
    expect(await provider.charge({ ...request, paymentMethod })).toEqual(second);
    expect((await get('/operations/op-1')).json.effects).toBe(effects);
  });

  it('has no answer within the deadline from a PSP that stalls', async () => {
    const { provider, waits } = aPair(() => new Promise(() => {}), 50);
    const outcome = await provider.charge({
      ...request,
      paymentMethod: 'tok_timeout_never_arrived',
    });
    expect(outcome).toEqual({ kind: 'unknown', reason: 'no answer within 50 ms' });
    expect(waits).toEqual([8_000]);
  });

  it('only authorizes, and says until when', async () => {
    const { provider } = aPair();
    expect(await provider.charge({ ...request, capture: false })).toEqual({
      ...approved,
      captured: false,
      authorizedUntil: '2026-01-08T00:00:00.000Z',
    });
  });

  it('captures in parts and releases the rest with the last, each once', async () => {
    const { provider, get } = aPair();
    await provider.charge({ ...request, capture: false });
    const part = { ...of, amountMinor: 3_000, currency: 'EUR' };
    for (const capture of [
      { ...part, operationId: 'op-2', final: false },
      { ...part, operationId: 'op-3', final: true },
    ]) {
      expect(await provider.capture(capture)).toEqual(done);
      expect(await provider.capture(capture)).toEqual(done);
      expect((await get(`/operations/${capture.operationId}`)).json.effects).toBe(1);
    }
    expect((await get('/totals')).json).toEqual(totals({ captured: 6_000, voided: 4_000 }));
    expect(await provider.capture({ ...part, operationId: 'op-4', final: false })).toMatchObject({
      kind: 'declined',
      code: 'provider_rejected',
    });
  });

  it('voids what is left, and refunds in parts and then the rest, each once', async () => {
    const { provider, get } = aPair();
    await provider.charge({ ...request, capture: false });
    const capture = { ...of, operationId: 'op-2', amountMinor: 7_000, currency: 'EUR' };
    await provider.capture({ ...capture, final: false });
    const steps = [
      () => provider.void({ ...of, operationId: 'op-3' }),
      () => provider.refund({ ...of, operationId: 'op-4', amountMinor: 2_000 }),
      () => provider.refund({ ...of, operationId: 'op-5', amountMinor: null }),
    ];
    for (const [index, step] of steps.entries()) {
      expect(await step()).toEqual(done);
      expect(await step()).toEqual(done);
      expect((await get(`/operations/op-${index + 3}`)).json.effects).toBe(1);
    }
    expect((await get('/totals')).json).toEqual(
      totals({ captured: 7_000, voided: 3_000, refunded: 7_000 }),
    );
  });

  it('cannot capture what is past its end, and can void it', async () => {
    const { provider, pass } = aPair();
    const paymentMethod = 'tok_short_authorization';
    await provider.charge({ ...request, paymentMethod, capture: false });
    pass(5_000);
    const late = { ...of, operationId: 'op-2', amountMinor: 1, currency: 'EUR', final: false };
    expect(await provider.capture(late)).toMatchObject({
      kind: 'declined',
      code: 'authorization_expired',
    });
    expect(await provider.void({ ...of, operationId: 'op-3' })).toEqual(done);
  });

  it.each([
    ['tok_capture_declined', 'capture', declined('do_not_honor'), declined('do_not_honor')],
    ['tok_capture_busy_once', 'capture', busy, done],
    ['tok_capture_never_answers', 'capture', noAnswer, noAnswer],
    ['tok_void_declined', 'void', declined('do_not_honor'), declined('do_not_honor')],
    ['tok_void_never_answers', 'void', noAnswer, noAnswer],
    ['tok_refund_declined', 'refund', declined('account_closed'), declined('account_closed')],
    ['tok_refund_busy_once', 'refund', busy, done],
    ['tok_refund_never_answers', 'refund', noAnswer, noAnswer],
  ] as const)('%s at a %s', async (paymentMethod, operation, first, second) => {
    const { provider } = aPair();
    await provider.charge({ ...request, paymentMethod, capture: operation === 'refund' });
    const asked = { ...of, operationId: 'op-2', amountMinor: 1_000, currency: 'EUR', final: false };
    expect(await provider[operation](asked)).toEqual(first);
    expect(await provider[operation](asked)).toEqual(second);
  });

  it('rejects a void of what is captured, and an unknown token', async () => {
    const { provider } = aPair();
    await provider.charge(request);
    expect(await provider.void({ ...of, operationId: 'op-2' })).toMatchObject({
      code: 'provider_rejected',
    });
    const unheardOf = { ...request, operationId: 'op-3', paymentMethod: 'tok_nope' };
    expect(await provider.charge(unheardOf)).toMatchObject({ code: 'provider_rejected' });
  });

  it.each(Object.entries(outcomes))(
    '%s: an inquiry after one charge has what a second call has',
    async (paymentMethod, [, second, effects]) => {
      const { provider } = aPair();
      expect(await provider.inquire(inquiry)).toEqual(notFound);
      await provider.charge({ ...request, paymentMethod });
      const known = await provider.inquire(inquiry);
      const isProcessed = effects === 1 || second.kind === 'declined';
      // What is busy at first is processed by the second call alone.
      const expected = isProcessed && paymentMethod !== 'tok_busy_once' ? second : notFound;
      expect(known).toEqual(paymentMethod === 'tok_timeout_forever' ? noInquiry : expected);
    },
  );

  it.each([
    ['tok_approve', 'capture', done],
    ['tok_capture_timeout_then_captured', 'capture', done],
    ['tok_capture_declined', 'capture', declined('do_not_honor')],
    ['tok_capture_never_answers', 'capture', notFound],
    ['tok_void_timeout_then_voided', 'void', done],
    ['tok_void_never_answers', 'void', notFound],
    ['tok_refund_timeout_then_refunded', 'refund', done],
    ['tok_refund_declined', 'refund', declined('account_closed')],
    ['tok_refund_never_answers', 'refund', notFound],
  ] as const)('%s: an inquiry about a %s', async (paymentMethod, operation, expected) => {
    const { provider } = aPair();
    await provider.charge({ ...request, paymentMethod, capture: operation === 'refund' });
    const amountMinor = operation === 'void' ? null : 1_000;
    const asked = { ...inquiry, kind: operation, operationId: 'op-2', amountMinor };
    expect(await provider.inquire(asked)).toEqual(notFound);
    const call = { ...of, operationId: 'op-2', amountMinor: 1_000, currency: 'EUR', final: true };
    await provider[operation](call);
    expect(await provider.inquire(asked)).toEqual(expected);
    // The charge is as its own operation left it.
    expect(await provider.inquire(inquiry)).toMatchObject({
      kind: 'approved',
      captured: operation === 'refund',
    });
  });

  it('says nothing about a reference with two charges', async () => {
    const { provider } = aPair();
    await provider.charge(request);
    await provider.charge({ ...request, operationId: 'op-2' });
    expect(await provider.inquire(inquiry)).toMatchObject({ kind: 'unavailable' });
  });

  it('has no answer within the deadline to an inquiry that stalls', async () => {
    const { provider } = aPair(() => new Promise(() => {}), 50);
    await provider.charge({ ...request, paymentMethod: 'tok_timeout_forever' });
    expect(await provider.inquire(inquiry)).toEqual({
      kind: 'unavailable',
      reason: 'no answer within 50 ms',
    });
  });

  it('speaks to the PSP that its address is of', async () => {
    const { api, provider, get } = aPair();
    const second = simulatorProvider({
      name: 'simulator-b',
      baseUrl: `http://simulator${simulatorRoots['simulator-b']}`,
      fetch: simulatorFetch(api),
    });
    const paymentMethod = 'tok_busy_at_first_psp';
    expect(await provider.charge({ ...request, paymentMethod })).toEqual(busy);
    expect(await second.charge({ ...request, paymentMethod })).toEqual(approved);
    expect(await second.inquire(inquiry)).toEqual(approved);
    expect(await provider.inquire(inquiry)).toEqual(notFound);
    expect((await get('/b/totals')).json).toEqual(totals({ captured: 10_000 }));
    expect((await get('/totals')).json).toEqual({});
  });

  it('does not know what became of an operation whose id was used for another', async () => {
    const { provider } = aPair();
    await provider.charge(request);
    expect(await provider.charge({ ...request, amountMinor: 1 })).toEqual({
      kind: 'unknown',
      reason: 'answered 409',
    });
  });
});
