import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { requestedId } from '../../../shared/domain/ids.ts';
import { withKey } from '../../../test/support/api/memory-api.ts';
import { underFourEyes } from '../../../test/support/approvals.ts';

const reason = 'the goods came back';

describe('POST /payments/{payment_id}/refund-approvals', () => {
  it('approves one refund of an amount, for a day', async () => {
    const { approve, id } = await underFourEyes();
    const answer = await approve('key:b', { amount: 6_000, reason }, withKey('k'));
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      id: requestedId(id, 'POST /payments/{id}/refund-approvals', 'k'),
      object: 'refund_approval',
      payment_id: id,
      amount: 6_000,
      currency: 'EUR',
      reason,
      approved_by: 'key:b',
      created: expect.any(String),
      expires: expect.any(String),
    });
    const { created, expires } = answer.json;
    expect(Date.parse(expires) - Date.parse(created)).toBe(24 * 60 * 60 * 1_000);
    expect(endpoints.approveRefund.answers[201]?.safeParse(answer.json).success).toBe(true);
  });

  it('puts on record who approved what, and why', async () => {
    const { approve, acts, id } = await underFourEyes();
    const { json } = await approve('key:b', { amount: 6_000, reason });
    expect(await acts()).toEqual([
      expect.objectContaining({
        by: 'key:b',
        action: 'approval.create',
        subject: id,
        reason,
        time: json.created,
        details: { tenant: 'acme', approval: json.id, amount: '6000', currency: 'EUR' },
      }),
    ]);
  });

  it('answers the same request of the same principal the same, byte for byte', async () => {
    const { approve, acts } = await underFourEyes();
    const first = await approve('key:b', { amount: 6_000, reason }, withKey('k'));
    const again = await approve('key:b', { amount: 6_000, reason }, withKey('k'));
    expect(first.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    expect(await acts()).toHaveLength(1);
  });

  it.each([
    ['another amount', 'key:b', { amount: 6_001, reason }],
    ['another reason', 'key:b', { amount: 6_000, reason: 'no idea' }],
    ['another principal', 'key:c', { amount: 6_000, reason }],
  ])('refuses %s under the same key', async (_, by, body) => {
    const { approve, acts } = await underFourEyes();
    await approve('key:b', { amount: 6_000, reason }, withKey('k'));
    const answer = await approve(by, body, withKey('k'));
    expect(answer).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
    expect(await acts()).toHaveLength(1);
  });

  it('approves no more than is left', async () => {
    const { approve, acts } = await underFourEyes();
    expect(await approve('key:b', { amount: 10_001, reason })).toMatchObject({
      status: 409,
      json: { code: 'amount_too_large', available: 10_000 },
    });
    const { approve: early } = await underFourEyes(['reserved', 'authorized']);
    expect((await early('key:b', { amount: 1, reason })).json).toMatchObject({
      code: 'amount_too_large',
      available: 0,
    });
    expect(await acts()).toEqual([]);
  });

  it.each([
    ['no reason', { amount: 6_000 }],
    ['an empty reason', { amount: 6_000, reason: '' }],
    ['no amount', { reason }],
    ['no amount at all', { amount: null, reason }],
    ['something else', { amount: 6_000, reason, approved_by: 'key:c' }],
  ])('does not take %s', async (_, body) => {
    const { approve } = await underFourEyes();
    expect(await approve('key:b', body)).toMatchObject({
      status: 400,
      json: { code: 'invalid_request' },
    });
  });

  it('needs an idempotency key', async () => {
    const { approve } = await underFourEyes();
    const none = { headers: { 'Idempotency-Key': [] } };
    expect(await approve('key:b', { amount: 6_000, reason }, none)).toMatchObject({
      status: 400,
      json: { code: 'idempotency_key_required' },
    });
  });

  it('knows nothing of the payments of others, and takes no approval of an operator', async () => {
    const { approve, acts } = await underFourEyes();
    expect((await approve('globex/key:g', { amount: 6_000, reason })).json.code).toBe('not_found');
    expect((await approve('operations/key:o', { amount: 6_000, reason })).json.code).toBe(
      'forbidden',
    );
    expect(await acts()).toEqual([]);
  });
});
