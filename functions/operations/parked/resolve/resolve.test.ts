import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../shared/contracts/endpoints.ts';
import { derivedId, operationId } from '../../../../shared/domain/ids.ts';
import type { Inquiry } from '../../../../shared/ports/provider.ts';
import { facts } from '../../../../test/support/payments/facts.ts';
import { aParked, why } from '../../../../test/support/payments/parked.ts';
import { approvedAs } from '../../../../test/support/payments/unknowns.ts';

const took = { provider_reference: 'ch_9' };
const notFound: Inquiry = { kind: 'not_found' };

describe('a word on what is parked', () => {
  it.each([
    ['charge', took, ['outcome_resolved', 'captured']],
    ['manual charge', took, ['outcome_resolved', 'authorized']],
    ['reverse', {}, ['outcome_resolved', 'charge_reversed', 'resumed']],
    ['capture', {}, ['outcome_resolved', 'captured']],
    ['final capture', {}, ['outcome_resolved', 'captured']],
    ['cancel', {}, ['outcome_resolved', 'canceled']],
    ['expiry', {}, ['outcome_resolved', 'expired']],
    ['refund', {}, ['outcome_resolved', 'refunded']],
  ] as const)(
    'took_effect of a %s is on record as if the PSP had said it',
    async (what, more, expected) => {
      const { say, since, load, asked } = await aParked(what);
      const answer = await say('took_effect', more);
      expect(answer.status).toBe(200);
      expect(await since()).toEqual(expected);
      expect(await load()).toMatchObject({ unknown: null, parked: null });
      // Once, before the word was believed.
      expect(asked).toHaveLength(1);
    },
  );

  it.each([
    ['charge', ['outcome_resolved', 'charge_declined', 'resumed']],
    ['manual charge', ['outcome_resolved', 'charge_declined', 'resumed']],
    ['reverse', ['outcome_resolved', 'resumed']],
    ['capture', ['outcome_resolved', 'operation_declined', 'capture_resumed']],
    ['final capture', ['outcome_resolved', 'operation_declined', 'capture_resumed']],
    ['cancel', ['outcome_resolved', 'operation_declined', 'cancel_resumed']],
    ['expiry', ['outcome_resolved', 'operation_declined', 'cancel_resumed']],
    ['refund', ['outcome_resolved', 'operation_declined', 'refund_resumed']],
  ] as const)('no_effect of a %s is a decline, and its saga goes on', async (what, expected) => {
    const { say, since } = await aParked(what);
    expect((await say('no_effect')).status).toBe(200);
    expect(await since()).toEqual(expected);
  });

  it('tells the merchant of a charge without effect why', async () => {
    const { say, load } = await aParked('charge');
    await say('no_effect');
    expect((await load()).decline).toEqual({
      code: 'resolved_no_effect',
      message: expect.stringContaining('Nothing was moved'),
    });
  });

  it.each([
    ['charge', 'took_effect', took, approvedAs({ amountMinor: 9_000 })],
    ['charge', 'took_effect', took, approvedAs({ providerReference: 'ch_8' })],
    ['charge', 'took_effect', took, { kind: 'declined', code: 'lost_card', message: 'Lost.' }],
    ['charge', 'no_effect', {}, approvedAs()],
    ['capture', 'no_effect', {}, { kind: 'done' }],
    ['reverse', 'no_effect', {}, { kind: 'done' }],
    ['refund', 'took_effect', {}, { kind: 'declined', code: 'no', message: 'No.' }],
  ] as const)(
    'of a %s, %s %j is refused while the PSP says otherwise, and leaves no trace',
    async (what, outcome, more, answer) => {
      const { say, since, acts } = await aParked(what, [answer]);
      expect(await say(outcome, more)).toMatchObject({
        status: 409,
        json: { code: 'invalid_state', state: 'parked', allowed: ['ask'] },
      });
      expect([await since(), await acts()]).toEqual([[], []]);
    },
  );

  it.each([
    ['charge', 'took_effect', took, approvedAs()],
    ['capture', 'took_effect', {}, { kind: 'done' }],
    ['refund', 'no_effect', {}, { kind: 'not_found' }],
  ] as const)(
    'of a %s, %s %j is taken when the PSP agrees',
    async (what, outcome, more, answer) => {
      const { say } = await aParked(what, [answer]);
      expect((await say(outcome, more)).json).toMatchObject({ resolution: { outcome } });
    },
  );

  it('takes a charge that took effect exactly as it was asked for, under the reference given', async () => {
    const { say, load, store } = await aParked('charge');
    await say('took_effect', took);
    expect(await load()).toMatchObject({
      status: 'captured',
      amountCapturedMinor: 10_000,
      charge: { provider: 'psp', reference: 'ch_9', matches: true },
    });
    expect(store.transfers.map(({ posting }) => posting)).toContain('captured');
  });

  it.each([
    ['stuck charge', ['resumed']],
    ['stuck capture', ['capture_resumed']],
  ] as const)('resume of a %s begins its saga anew', async (what, expected) => {
    const { say, since, store, id } = await aParked(what);
    const answer = await say('resume');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      actions: [],
      resolution: { outcome: 'resumed', by: null },
    });
    expect(await since()).toEqual(expected);
    expect((await store.events(id)).at(-1)?.data).toMatchObject({
      reason: `asked for by key:operations: ${why}`,
    });
  });

  it('is of its operation alone, whatever became of others meanwhile', async () => {
    const { say, write, id } = await aParked('refund');
    const operation_id = operationId(id, 'charge', 7);
    await write(
      {
        type: 'payment.refund_requested',
        facts: { ...facts.refundRequested.facts, operation_id },
      },
      { type: 'payment.refund_held', facts: { operation_id, amount: 3_000, execution: 'e3' } },
      { type: 'payment.refunded', facts: { operation_id, amount: 3_000, provider: 'psp' } },
    );
    expect((await say('no_effect')).json.resolution).toMatchObject({
      outcome: 'no_effect',
      by: 'key:operations',
    });
  });

  it('shows what was at risk, who said what of it, and that it waits no more', async () => {
    const { say, id, operationId: operation } = await aParked('charge');
    const answer = await say('took_effect', took);
    expect(endpoints.resolveParked.answers[200]?.safeParse(answer.json).success).toBe(true);
    expect(answer.json).toEqual({
      object: 'parked',
      payment_id: id,
      payout_id: null,
      tenant: 'acme',
      operation: 'charge',
      operation_id: operation,
      amount: 10_000,
      currency: 'EUR',
      unknown: false,
      since: expect.stringMatching(/^2026-/),
      reason: 'nobody says',
      actions: [],
      resolution: {
        outcome: 'took_effect',
        provider_reference: 'ch_9',
        by: 'key:operations',
        reason: why,
        time: expect.stringMatching(/^2026-/),
      },
      answer: null,
    });
  });

  it('is on the payment’s events, with who said it and why', async () => {
    const { say, store, id } = await aParked('refund');
    await say('no_effect');
    const said = (await store.events(id)).find(({ type }) => type === 'payment.outcome_resolved');
    expect(said?.data).toMatchObject({ by: 'key:operations', reason: why, outcome: 'no_effect' });
  });

  it.each([
    ['charge', 'resume', ['took_effect', 'no_effect', 'ask']],
    ['stuck charge', 'no_effect', ['resume']],
    ['stuck capture', 'took_effect', ['resume']],
    ['stuck charge', 'ask', ['resume']],
  ] as const)('must be one that it waits for: %s, %s', async (what, outcome, allowed) => {
    const { say, since, acts } = await aParked(what);
    expect((await say(outcome)).json).toMatchObject({ state: 'parked', allowed });
    expect([await since(), await acts()]).toEqual([[], []]);
  });

  it.each([
    ['charge', 'took_effect', {}],
    ['charge', 'no_effect', took],
    ['charge', 'ask', took],
    ['capture', 'took_effect', took],
    ['reverse', 'took_effect', took],
    ['stuck charge', 'resume', took],
  ] as const)(
    'has a reference for a charge that took effect, and only then: %s, %s, %j',
    async (what, outcome, more) => {
      const { say, since, acts } = await aParked(what);
      const answer = await say(outcome, more);
      expect(answer.json).toMatchObject({
        status: 400,
        code: 'invalid_request',
        errors: [{ path: '/provider_reference' }],
      });
      expect([await since(), await acts()]).toEqual([[], []]);
    },
  );

  it.each([
    ['no reason', { reason: undefined }],
    ['too short a reason', { reason: 'too short' }],
    ['too long a reason', { reason: 'x'.repeat(501) }],
    ['a card number in its reason', { reason: `paid with ${'4242'.repeat(4)}` }],
    ['no operation', { operation_id: undefined }],
    ['an operation that is no id', { operation_id: 'charge' }],
    ['another outcome', { outcome: 'maybe' }],
    ['an empty reference', { provider_reference: '' }],
    ['something else with it', { amount: 1 }],
  ])('is not taken with %s', async (_, more) => {
    const { say, since, acts } = await aParked('charge');
    expect((await say('ask', more)).status).toBe(400);
    expect([await since(), await acts()]).toEqual([[], []]);
  });
});

describe('asking once more', () => {
  it.each([
    ['charge', approvedAs(), 'took_effect', ['captured']],
    [
      'charge',
      { kind: 'declined', code: 'c', message: 'm' },
      'no_effect',
      ['charge_declined', 'resumed'],
    ],
    ['refund', { kind: 'done' }, 'took_effect', ['refunded']],
  ] as const)(
    'records what the PSP says for sure of a %s',
    async (what, inquiry, outcome, expected) => {
      const { say, since, asked } = await aParked(what, [inquiry]);
      const answer = await say('ask');
      expect(answer.json).toMatchObject({
        actions: [],
        unknown: false,
        resolution: { outcome, by: 'psp', reason: null },
        answer: null,
      });
      expect(await since()).toEqual(expected);
      expect(asked).toHaveLength(1);
      expect((await say('ask')).text).toBe(answer.text);
      expect(asked).toHaveLength(1);
    },
  );

  it.each([
    [notFound, 'the PSP has no record of it yet'],
    [{ kind: 'unavailable', reason: 'no answer' }, 'no answer'],
  ] as const)('leaves it as it is, and says what came of it: %j', async (inquiry, said) => {
    const { say, since } = await aParked('charge', [inquiry]);
    const answer = await say('ask');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      unknown: true,
      actions: ['took_effect', 'no_effect', 'ask'],
      resolution: null,
      answer: said,
    });
    expect(await since()).toEqual([]);
  });

  it('agrees with a person who says the same afterwards', async () => {
    const { say, acts } = await aParked('charge', [approvedAs()]);
    const answer = await say('ask');
    expect((await say('took_effect', took)).text).toBe(answer.text);
    expect((await say('took_effect', { provider_reference: 'ch_8' })).status).toBe(409);
    expect((await say('no_effect')).status).toBe(409);
    expect(await acts()).toHaveLength(1);
  });
});

describe('who may resolve what is parked', () => {
  it('is not its own tenant', async () => {
    const { say, since, acts } = await aParked('charge');
    const refused = await say('no_effect', {}, 'acme');
    expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
    expect([await since(), await acts()]).toEqual([[], []]);
  });

  it('is told nothing of a stranger’s', async () => {
    const { say, resolveWith, said } = await aParked('charge');
    const strangers = await say('no_effect', {}, 'globex');
    const missing = await resolveWith()(derivedId('missing'), said('no_effect'), 'globex');
    const noId = await resolveWith()('no-id', said('no_effect'));
    for (const answer of [strangers, missing, noId]) {
      expect([answer.status, answer.text]).toEqual([404, missing.text]);
    }
  });
});
