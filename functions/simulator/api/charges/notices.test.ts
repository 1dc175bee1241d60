import { describe, expect, it } from 'vitest';
import { ProviderNotice } from '../../../../shared/contracts/events/notices.ts';
import type { SimulatorBehaviour } from '../../../../shared/contracts/simulator/behaviour.ts';
import { aSimulator } from '../../../../test/support/psp/simulator.ts';

const asked = {
  operation_id: 'op-1',
  reference: '0198a000-0000-8000-8000-000000000002',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_duplicate_webhook',
  capture: false,
};

const notice = {
  id: 'nt_3.charge.approved',
  provider: 'simulator',
  time: '2026-01-01T00:00:00.000Z',
  type: 'charge.approved',
  data: {
    reference: asked.reference,
    operation_id: 'op-1',
    provider_reference: 'ch_1',
    amount: 10_000,
    currency: 'EUR',
  },
};

async function sentFor(
  behaviour: SimulatorBehaviour,
  calls: readonly (readonly [string, object])[] = [],
) {
  const { post, notices } = aSimulator({ tokens: { tok_new: behaviour } });
  await post('/charges', { ...asked, payment_method: 'tok_new' });
  for (const [call, body] of calls) {
    await post(`/charges/ch_1/${call}`, body);
  }
  return notices.map((sent) => ProviderNotice.parse(sent));
}

describe('a notice of an operation', () => {
  it('says what became of it, and comes twice as one', async () => {
    const { post, notices } = aSimulator();
    await post('/charges', asked);
    expect(notices.map((sent) => ProviderNotice.parse(sent))).toEqual([notice, notice]);
  });

  it('is the same one when the operation is repeated, however late', async () => {
    const { post, notices, pass } = aSimulator();
    await post('/charges', asked);
    pass(60_000);
    await post('/charges', asked);
    expect(notices).toEqual([notice, notice, notice, notice]);
  });

  it('is sent before the answer where the answer is late', async () => {
    let sentBefore = 0;
    const simulator = aSimulator({
      delay: async () => {
        sentBefore = simulator.notices.length;
      },
    });
    await simulator.post('/charges', { ...asked, payment_method: 'tok_early_webhook' });
    expect(sentBefore).toBe(1);
  });

  it('of a decline has no charge, and what was asked', async () => {
    const decline = { code: 'lost_card', message: 'No.' };
    expect(await sentFor({ charge: { decline, notices: [{}] } })).toMatchObject([
      { type: 'charge.declined', data: { provider_reference: null, amount: 10_000 } },
    ]);
  });

  it('of what follows a charge says what was moved', async () => {
    const behaviour = { capture: { notices: [{}] }, void: { notices: [{ delaySeconds: 3 }] } };
    const sent = await sentFor(behaviour, [
      ['capture', { operation_id: 'op-2', amount: 3_000 }],
      ['void', { operation_id: 'op-3' }],
      ['void', { operation_id: 'op-4' }],
    ]);
    expect(sent).toMatchObject([
      { type: 'operation.succeeded', data: { operation_id: 'op-2', amount: 3_000 } },
      { type: 'operation.succeeded', data: { operation_id: 'op-3', amount: 7_000 } },
      { type: 'operation.declined', data: { operation_id: 'op-4', amount: null } },
    ]);
    expect(sent.map(({ data }) => 'provider_reference' in data && data.provider_reference)).toEqual(
      ['ch_1', 'ch_1', 'ch_1'],
    );
  });

  it('that contradicts says the opposite, of a decline too', async () => {
    const notices = [{}, { contradicts: true }] as const;
    const sent = await sentFor(
      { charge: { notices }, refund: { notices, decline: { code: 'no', message: 'No.' } } },
      [['refund', { operation_id: 'op-2' }]],
    );
    expect(sent.map(({ type }) => type)).toEqual([
      'charge.approved',
      'charge.declined',
      'operation.declined',
      'operation.succeeded',
    ]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(4);
  });

  it('is none of a call that was not processed', async () => {
    const busy = { status: 429, firstCalls: 1 } as const;
    expect(await sentFor({ charge: { before: busy, notices: [{}] } })).toEqual([]);
  });
});
