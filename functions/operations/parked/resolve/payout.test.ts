import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../../shared/contracts/endpoints.ts';
import { derivedId } from '../../../../shared/domain/ids.ts';
import { aParkedPayout, why } from '../../../../test/support/payments/parked.ts';
import type { PayoutFactName } from '../../../../test/support/payouts.ts';

const took = { provider_reference: 'bt_1' };
const stuck: readonly PayoutFactName[] = ['reserved', 'parked'];

describe('a word on a parked payout', () => {
  it.each([
    ['took_effect', took, ['outcome_resolved', 'sent']],
    ['no_effect', {}, ['outcome_resolved', 'declined', 'resumed']],
  ] as const)('%s is on record as if the bank had said it', async (outcome, more, expected) => {
    const { say, types, id, acts } = await aParkedPayout();
    const before = (await types()).length;
    const answer = await say(outcome, more);
    expect(answer.status).toBe(200);
    expect(endpoints.resolveParked.answers[200]?.safeParse(answer.json).success).toBe(true);
    expect(answer.json).toMatchObject({
      payment_id: null,
      payout_id: id,
      operation: 'payout',
      operation_id: id,
      amount: 9_710,
      currency: 'EUR',
      unknown: false,
      actions: [],
      resolution: { outcome, by: 'key:operations', reason: why },
    });
    expect((await types()).slice(before)).toEqual(expected);
    expect(await acts()).toMatchObject([{ action: 'parked.resolve', subject: id, reason: why }]);
    expect((await say(outcome, more)).text).toBe(answer.text);
    expect(await acts()).toHaveLength(1);
    const other = outcome === 'took_effect' ? 'no_effect' : 'took_effect';
    const refused = await say(other, other === 'took_effect' ? took : {});
    expect(refused.json).toMatchObject({ code: 'invalid_state', state: outcome, allowed: [] });
  });

  it('resume begins its saga anew', async () => {
    const { say, types } = await aParkedPayout(stuck);
    const answer = await say('resume');
    expect(answer.json).toMatchObject({ actions: [], resolution: { outcome: 'resumed' } });
    expect((await types()).at(-1)).toBe('resumed');
    expect((await say('resume')).text).toBe(answer.text);
  });

  it.each([
    [undefined, 'resume', {}, ['took_effect', 'no_effect', 'ask']],
    [stuck, 'no_effect', {}, ['resume']],
    [stuck, 'ask', {}, ['resume']],
  ] as const)('must be one that it waits for: %j, %s', async (names, outcome, more, allowed) => {
    const { say, types, acts } = await aParkedPayout(names);
    const before = await types();
    expect((await say(outcome, more)).json).toMatchObject({ state: 'parked', allowed });
    expect([await types(), await acts()]).toEqual([before, []]);
  });

  it('that died after it was written is made good by the same, and by no other', async () => {
    const payout = await aParkedPayout(['reserved', 'sending', 'unknown', 'parked', 'tookEffect']);
    expect((await payout.list('operations')).json.data).toMatchObject([
      { actions: ['took_effect'], resolution: { outcome: 'took_effect', by: 'ada' } },
    ]);
    expect((await payout.say('no_effect')).json).toMatchObject({
      state: 'parked',
      allowed: ['took_effect'],
    });
    expect((await payout.say('took_effect', { provider_reference: 'bt_2' })).status).toBe(409);
    expect((await payout.say('took_effect', took)).json.resolution).toMatchObject({ by: 'ada' });
    expect(await payout.acts()).toEqual([]);
  });

  it.each([
    ['took_effect', {}],
    ['no_effect', took],
    ['ask', took],
  ])(
    'has the bank’s reference where the order took effect, and only then: %s',
    async (outcome, more) => {
      const { say, acts } = await aParkedPayout();
      expect((await say(outcome, more)).json).toMatchObject({
        code: 'invalid_request',
        errors: [{ path: '/provider_reference' }],
      });
      expect(await acts()).toEqual([]);
    },
  );

  it('is of the payout’s own operation', async () => {
    const { say } = await aParkedPayout();
    const answer = await say('no_effect', { operation_id: derivedId('other') });
    expect([answer.status, answer.json.code]).toEqual([404, 'not_found']);
  });

  it('is not for its own tenant, and a stranger does not find it', async () => {
    const { say, acts } = await aParkedPayout();
    expect((await say('no_effect', {}, 'acme')).status).toBe(403);
    expect((await say('no_effect', {}, 'globex')).status).toBe(404);
    expect(await acts()).toEqual([]);
  });
});

describe('a word that the bank, asked again, contradicts', () => {
  it.each([
    ['no_effect', {}, { kind: 'accepted', bankReference: 'bank_1' }],
    [
      'took_effect',
      { provider_reference: 'bank_2' },
      { kind: 'accepted', bankReference: 'bank_1' },
    ],
    ['took_effect', { provider_reference: 'bank_1' }, { kind: 'declined', code: 'x', message: '' }],
  ] as const)('is refused: %s %j', async (outcome, more, answer) => {
    const { say, load } = await aParkedPayout(undefined, answer);
    const before = await load();
    expect(await say(outcome, more)).toMatchObject({
      status: 409,
      json: { state: 'parked', allowed: ['ask'] },
    });
    expect(await load()).toEqual(before);
  });
});

describe('asking the bank once more', () => {
  it.each([
    [{ kind: 'accepted', bankReference: 'bt_7' }, 'took_effect', 'bt_7'],
    [{ kind: 'declined', code: 'account_closed', message: 'Closed.' }, 'no_effect', null],
  ] as const)('records what it says for sure: %j', async (answered, outcome, reference) => {
    const { say } = await aParkedPayout(undefined, answered);
    const answer = await say('ask');
    expect(answer.json).toMatchObject({
      actions: [],
      resolution: { outcome, provider_reference: reference, by: 'bank', reason: null },
    });
    expect((await say('ask')).text).toBe(answer.text);
  });

  it('leaves it as it is while the bank does not answer', async () => {
    const { say, load } = await aParkedPayout();
    const before = await load();
    expect((await say('ask')).json).toMatchObject({
      unknown: true,
      actions: ['took_effect', 'no_effect', 'ask'],
      answer: 'no answer',
    });
    expect(await load()).toEqual(before);
  });
});
