import { describe, expect, it } from 'vitest';
import { simulatorBank } from '../../shared/adapters/simulator-bank/simulator-bank.ts';
import type { SimulatorDestination } from '../../shared/contracts/simulator/behaviour.ts';
import type { OrderInquiry, OrderOutcome, TransferOrder } from '../../shared/ports/payouts/bank.ts';
import { aSimulator, simulatorFetch } from '../support/psp/simulator.ts';

const order: TransferOrder = {
  operationId: 'op-1',
  reference: '0198a000-0000-8000-8000-000000000002',
  amountMinor: 9_710,
  currency: 'EUR',
  destination: 'ba_approve',
};

function aPair() {
  const simulator = aSimulator();
  const bank = simulatorBank({
    baseUrl: 'http://simulator',
    fetch: simulatorFetch(simulator.api),
  });
  return { ...simulator, bank };
}

const accepted: OrderOutcome = { kind: 'accepted', bankReference: 'po_1' };
const closed: OrderOutcome = {
  kind: 'declined',
  code: 'account_closed',
  message: 'The account is closed.',
};
const unknown: OrderOutcome = { kind: 'unknown', reason: 'answered 504' };

/** What the pipeline makes of each destination, at the first order and at a second one. */
const outcomes: Record<SimulatorDestination, readonly [OrderOutcome, OrderOutcome, number]> = {
  ba_approve: [accepted, accepted, 1],
  ba_return: [accepted, accepted, 1],
  ba_hold: [accepted, accepted, 1],
  ba_reject: [closed, closed, 0],
  ba_busy_once: [{ kind: 'busy', reason: 'answered 429' }, accepted, 1],
  ba_never_answers: [unknown, unknown, 0],
  ba_timeout_then_accepted: [unknown, accepted, 1],
};

describe('the bank adapter and the simulator', () => {
  it.each(Object.entries(outcomes))('%s', async (destination, [first, second, effects]) => {
    const { bank, get } = aPair();
    expect(await bank.send({ ...order, destination })).toEqual(first);
    expect(await bank.send({ ...order, destination })).toEqual(second);
    expect((await get('/operations/op-1')).json.effects).toBe(effects);
  });

  it.each<[SimulatorDestination, OrderInquiry['kind']]>([
    ['ba_approve', 'accepted'],
    ['ba_return', 'accepted'],
    ['ba_hold', 'accepted'],
    ['ba_timeout_then_accepted', 'accepted'],
    ['ba_reject', 'declined'],
    ['ba_busy_once', 'not_found'],
    ['ba_never_answers', 'not_found'],
  ])('%s: an inquiry after one order has it as %s', async (destination, kind) => {
    const { bank } = aPair();
    const sent = { ...order, destination };
    expect(await bank.inquire(sent)).toEqual({ kind: 'not_found' });
    const outcome = await bank.send(sent);
    const known = await bank.inquire(sent);
    expect(known.kind).toBe(kind);
    if (outcome.kind === kind) {
      expect(known).toEqual(outcome);
    }
  });

  it('names in its notice the order that it accepted', async () => {
    const { bank, notices } = aPair();
    const outcome = await bank.send(order);
    expect(notices[0]?.data).toMatchObject({
      reference: order.reference,
      bank_reference: outcome.kind === 'accepted' ? outcome.bankReference : null,
      amount: 9_710,
      currency: 'EUR',
    });
  });

  it('rejects a destination that it does not know', async () => {
    const { bank } = aPair();
    expect(await bank.send({ ...order, destination: 'ba_nope' })).toMatchObject({
      kind: 'declined',
      code: 'bank_rejected',
    });
  });

  it('does not know what became of an order whose id was used for another', async () => {
    const { bank } = aPair();
    await bank.send(order);
    expect(await bank.send({ ...order, amountMinor: 1 })).toEqual({
      kind: 'unknown',
      reason: 'answered 409',
    });
  });
});
