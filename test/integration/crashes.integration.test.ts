import { afterEach, describe, expect, it } from 'vitest';
import { armedFaults, armFault, clearFaults, type FaultPoint } from '../../local/faults.ts';
import type { SimulatorToken } from '../../shared/contracts/simulator/behaviour.ts';
import { operationId } from '../../shared/domain/ids.ts';
import type { PaymentStatus } from '../../shared/domain/payment/state.ts';
import { apiClient } from '../support/deployed/api.ts';
import { stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);

afterEach(() => clearFaults(stack.stateDir));

describe('a process that dies in a step', () => {
  it.each<[string, FaultPoint, SimulatorToken, PaymentStatus, number?]>([
    ['ledger-reserve', 'before-write', 'tok_approve', 'captured'],
    ['ledger-reserve', 'after-write', 'tok_approve', 'captured'],
    ['providers-charge', 'before-call', 'tok_approve', 'captured'],
    ['providers-charge', 'after-call', 'tok_approve', 'captured'],
    ['providers-charge', 'before-write', 'tok_approve', 'captured'],
    ['providers-charge', 'after-write', 'tok_approve', 'captured'],
    // What became of the call that died is not known, and busy at the next try says nothing of it.
    ['providers-charge', 'after-call', 'tok_busy_always', 'processing'],
    ['ledger-release', 'before-write', 'tok_decline_lost_card', 'failed'],
    ['ledger-release', 'after-write', 'tok_decline_lost_card', 'failed'],
    ['payments-fail', 'before-write', 'tok_decline_lost_card', 'failed'],
    ['payments-fail', 'after-write', 'tok_decline_lost_card', 'failed'],
    ['providers-reverse', 'after-call', 'tok_amount_mismatch', 'failed'],
    // It dies at every try: nobody can say what happened, and the payment is suspended.
    ['providers-charge', 'before-call', 'tok_approve', 'processing', 4],
    ['payments-project-list', 'after-write', 'tok_approve', 'captured'],
  ])('%s, %s: %s ends %s', async (functionKey, at, payment_method, end, times = 1) => {
    armFault({ stateDir: stack.stateDir, functionKey, at, times });
    const { json } = await acme.pay({ amount: 2_000, currency: 'DKK', payment_method });
    const last = await until('the end of the payment', async () => {
      const events = await acme.events(json.id);
      const event = events.at(-1);
      const ended = event?.data.payment.status !== 'processing';
      return ended || event?.type === 'payment.outcome_unknown' ? event : null;
    });
    expect(last?.data.payment.status).toBe(end);
    const events = await acme.events(json.id);
    // Each try of a charge but the first goes on record.
    const types = events.map(({ type }) => type).filter((t) => t !== 'payment.charge_retried');
    expect(new Set(types).size).toBe(types.length);
    const operation = await fetch(
      `${stack.simulatorUrl}/operations/${operationId(json.id, 'charge')}`,
    );
    const { effects } = (await operation.json()) as { effects: number };
    expect(effects).toBeLessThanOrEqual(1);
    await until('the fault to strike', async () =>
      armedFaults(stack.stateDir).includes(functionKey) ? null : true,
    );
  });

  it('leaves no hold behind, and the books balanced', async () => {
    // An inquiry finds out what the two payments came to whose outcome is unknown.
    const book = await until(
      'the holds to be gone',
      async () => {
        const found = (await acme.trialBalance()).find(({ currency }) => currency === 'DKK');
        return found?.credits_pending === 0 ? found : null;
      },
      { withinMs: 180_000 },
    );
    expect(book).toMatchObject({ debits_pending: 0, difference: 0 });
  });
});
