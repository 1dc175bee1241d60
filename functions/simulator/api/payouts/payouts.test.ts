import { describe, expect, it } from 'vitest';
import { ProviderNotice } from '../../../../shared/contracts/events/notices.ts';
import {
  type SimulatorDestination,
  simulatorDestinations,
} from '../../../../shared/contracts/simulator/behaviour.ts';
import {
  SimulatorPayout,
  SimulatorPayoutTotals,
} from '../../../../shared/contracts/simulator/payouts.ts';
import { aSimulator } from '../../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: '0198a000-0000-8000-8000-000000000002',
  amount: 9_710,
  currency: 'EUR',
  destination: 'ba_approve',
};

interface Expected {
  /** Status and code of three equal calls in a row. */
  readonly answers: readonly (readonly [number, string])[];
  readonly effects: 0 | 1;
  readonly outcome: string | null;
  /** What the notice says that each call sends that finds the order accepted. */
  readonly notice: 'payout.paid' | 'payout.failed' | null;
  /** In seconds; none unless it says so. */
  readonly noticeDelay?: number;
  readonly totals: Readonly<Record<string, unknown>>;
}

const thrice = (status: number, says: string): Expected['answers'] => [
  [status, says],
  [status, says],
  [status, says],
];
const accepted: Omit<Expected, 'notice' | 'totals'> = {
  answers: thrice(200, 'in_transit'),
  effects: 1,
  outcome: 'in_transit',
};
const sent = (part: Readonly<Record<string, number>>) => ({
  EUR: { sent: 9_710, paid: 0, returned: 0, ...part },
});

const expectations: Record<SimulatorDestination, Expected> = {
  ba_approve: { ...accepted, notice: 'payout.paid', totals: sent({ paid: 9_710 }) },
  ba_return: { ...accepted, notice: 'payout.failed', totals: sent({ returned: 9_710 }) },
  ba_hold: { ...accepted, notice: null, totals: sent({}) },
  ba_reject: {
    answers: thrice(402, 'account_closed'),
    effects: 0,
    outcome: 'declined',
    notice: null,
    totals: {},
  },
  ba_busy_once: {
    ...accepted,
    answers: [[429, 'busy'], ...thrice(200, 'in_transit').slice(1)],
    notice: 'payout.paid',
    totals: sent({ paid: 9_710 }),
  },
  ba_timeout_then_accepted: {
    ...accepted,
    answers: [[504, 'no_answer'], ...thrice(200, 'in_transit').slice(1)],
    notice: 'payout.paid',
    noticeDelay: 20,
    totals: sent({ paid: 9_710 }),
  },
  ba_never_answers: {
    answers: thrice(504, 'no_answer'),
    effects: 0,
    outcome: null,
    notice: null,
    totals: {},
  },
};

describe('a payout to each destination', () => {
  it.each(Object.keys(simulatorDestinations) as SimulatorDestination[])(
    '%s',
    async (destination) => {
      const { post, get, notices, noticeDelays } = aSimulator();
      const given: [number, string][] = [];
      for (let call = 1; call <= 3; call++) {
        const { status, json } = await post('/payouts', { ...asked, destination });
        given.push([status, json.error?.code ?? json.status]);
      }
      const expected = expectations[destination];
      const { answers, effects, outcome, notice, noticeDelay = 0, totals } = expected;
      expect(given).toEqual(answers);
      expect((await get('/operations/op-1')).json).toEqual({
        operation_id: 'op-1',
        effects,
        outcome,
      });
      const busy = answers.filter(([status]) => status === 429).length;
      const accepted = answers.length - busy;
      expect(notices.map(({ type }) => type)).toEqual(notice ? Array(accepted).fill(notice) : []);
      expect(new Set(notices.map(({ id }) => id)).size).toBe(notice ? 1 : 0);
      expect(new Set(noticeDelays)).toEqual(new Set(notice ? [noticeDelay] : []));
      expect(SimulatorPayoutTotals.parse((await get('/payouts/totals')).json)).toEqual(totals);
    },
  );
});

describe('a payout', () => {
  it('is accepted as it was asked for, and arrives with a notice', async () => {
    const { post, notices } = aSimulator();
    const { json } = await post('/payouts', asked);
    expect(SimulatorPayout.parse(json)).toEqual({
      id: 'po_1',
      operation_id: 'op-1',
      reference: asked.reference,
      status: 'in_transit',
      amount: 9_710,
      currency: 'EUR',
      destination: 'ba_approve',
    });
    expect(notices.map((notice) => ProviderNotice.parse(notice))).toEqual([
      {
        id: 'po_1.paid',
        provider: 'simulator',
        time: '2026-01-01T00:00:00.000Z',
        type: 'payout.paid',
        data: {
          reference: asked.reference,
          bank_reference: 'po_1',
          amount: 9_710,
          currency: 'EUR',
          failure: null,
        },
      },
    ]);
  });

  it('that comes back says why', async () => {
    const { post, notices } = aSimulator();
    await post('/payouts', { ...asked, destination: 'ba_return' });
    expect(notices.map((notice) => ProviderNotice.parse(notice).data)).toMatchObject([
      { failure: { code: 'account_closed' } },
    ]);
  });

  it.each(['paid', 'failed'])('that is held is closed as %s, once', async (outcome) => {
    const { post, get, notices, pass } = aSimulator();
    await post('/payouts', { ...asked, destination: 'ba_hold' });
    pass(60_000);
    const close = (says: string) => post('/payouts/po_1/close', { outcome: says });
    const first = await close(outcome);
    pass(60_000);
    expect(await close(outcome)).toEqual(first);
    expect(first.json).toMatchObject({ id: 'po_1', status: outcome });
    const [notice] = notices;
    expect(notices).toEqual([notice, notice]);
    expect(notice && ProviderNotice.parse(notice)).toMatchObject({
      id: `po_1.${outcome}`,
      type: `payout.${outcome}`,
      time: '2026-01-01T00:01:00.000Z',
      data: { failure: outcome === 'paid' ? null : { code: 'account_closed' } },
    });
    expect(await close(outcome === 'paid' ? 'failed' : 'paid')).toMatchObject({
      status: 409,
      json: { error: { code: 'payout_closed' } },
    });
    expect(notices).toHaveLength(2);
    const { EUR } = (await get('/payouts/totals')).json;
    expect(EUR).toEqual({
      sent: 9_710,
      paid: 0,
      returned: 0,
      [outcome === 'paid' ? 'paid' : 'returned']: 9_710,
    });
  });

  it('has one effect when ten calls come at once', async () => {
    const { post, get } = aSimulator();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/payouts', asked)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect((await get('/operations/op-1')).json.effects).toBe(1);
    expect((await get('/payouts/totals')).json).toEqual(sent({ paid: 9_710 }));
  });

  it('is refused when its operation id was used for another', async () => {
    const { post } = aSimulator();
    await post('/payouts', asked);
    expect(await post('/payouts', { ...asked, amount: 1 })).toMatchObject({
      status: 409,
      json: { error: { code: 'operation_id_reused' } },
    });
  });

  it.each([
    ['an unknown destination', { destination: 'ba_nope' }, 422, 'unknown_destination'],
    ['a name of every object', { destination: 'toString' }, 422, 'unknown_destination'],
    ['an amount of nothing', { amount: 0 }, 400, 'invalid_request'],
    ['an unknown field', { iban: 'x' }, 400, 'invalid_request'],
  ])('with %s is refused', async (_name, part, status, code) => {
    const { post, get } = aSimulator();
    expect(await post('/payouts', { ...asked, ...part })).toMatchObject({
      status,
      json: { error: { code } },
    });
    expect((await get('/payouts/totals')).json).toEqual({});
  });

  it('that nobody sent is not found', async () => {
    const { post } = aSimulator();
    expect((await post('/payouts/po_9/close', { outcome: 'paid' })).json).toMatchObject({
      error: { code: 'payout_not_found' },
    });
  });
});
