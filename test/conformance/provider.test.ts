import { describe, expect, it } from 'vitest';
import { simulatorProvider } from '../../shared/adapters/simulator-provider/simulator-provider.ts';
import type { SimulatorToken } from '../../shared/contracts/simulator.ts';
import type { ChargeOutcome, ChargeRequest } from '../../shared/ports/provider.ts';
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

const approved: ChargeOutcome = {
  kind: 'approved',
  providerReference: 'ch_1',
  amountMinor: 10_000,
  currency: 'EUR',
  captured: true,
};
const busy: ChargeOutcome = { kind: 'busy', reason: 'answered 429' };
const declined = (code: string): ChargeOutcome => ({
  kind: 'declined',
  code,
  message: expect.any(String),
});

/** What the pipeline makes of each token, at the first call and at a second one. */
const outcomes: Record<SimulatorToken, readonly [ChargeOutcome, ChargeOutcome, number]> = {
  tok_approve: [approved, approved, 1],
  tok_blocked_by_risk: [approved, approved, 1],
  tok_slow: [approved, approved, 1],
  tok_decline_insufficient_funds: [
    declined('insufficient_funds'),
    declined('insufficient_funds'),
    0,
  ],
  tok_decline_lost_card: [declined('lost_card'), declined('lost_card'), 0],
  tok_decline_do_not_honor: [declined('do_not_honor'), declined('do_not_honor'), 0],
  tok_busy_once: [busy, approved, 1],
  tok_busy_always: [busy, busy, 0],
  tok_timeout_never_arrived: [
    { kind: 'unknown', reason: 'answered 504' },
    { kind: 'unknown', reason: 'answered 504' },
    0,
  ],
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

  it.each([
    ['refund', true, { captured: 10_000, voided: 0, refunded: 10_000 }],
    ['void', false, { captured: 0, voided: 10_000, refunded: 0 }],
  ] as const)('reverses by %s, once', async (means, capture, totals) => {
    const { provider, get } = aPair();
    await provider.charge({ ...request, capture });
    const reversal = { operationId: 'op-2', providerReference: 'ch_1', means };
    expect(await provider.reverse(reversal)).toEqual({ kind: 'reversed' });
    expect(await provider.reverse(reversal)).toEqual({ kind: 'reversed' });
    expect((await get('/operations/op-2')).json.effects).toBe(1);
    expect((await get('/totals')).json).toEqual({ EUR: { authorized: 10_000, ...totals } });
  });

  it('rejects a reversal by the wrong means, and an unknown token', async () => {
    const { provider } = aPair();
    await provider.charge(request);
    const reversal = { operationId: 'op-2', providerReference: 'ch_1', means: 'void' } as const;
    expect(await provider.reverse(reversal)).toMatchObject({ code: 'provider_rejected' });
    const unheardOf = { ...request, operationId: 'op-3', paymentMethod: 'tok_nope' };
    expect(await provider.charge(unheardOf)).toMatchObject({ code: 'provider_rejected' });
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
