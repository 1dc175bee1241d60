import { describe, expect, it } from 'vitest';
import { memoryApprovals } from '../../../shared/adapters/memory/access/approvals.ts';
import { requestedId } from '../../../shared/domain/ids.ts';
import { withKey } from '../../../test/support/api/memory-api.ts';
import { underFourEyes } from '../../../test/support/approvals.ts';

/** A payment with a refund of EUR 30.00 under way. */
const held = ['reserved', 'captured', 'refundRequested', 'refundHeld'] as const;
const dayMs = 24 * 60 * 60 * 1_000;
const forbidden = { status: 403, json: { code: 'forbidden' } };
const unusable = (detail: string) => ({
  status: 409,
  json: { code: 'approval_not_usable', detail },
});

describe('a refund over the limit', () => {
  it('is done by one with the approval of another', async () => {
    const { approved, refund, since } = await underFourEyes();
    const approval_id = await approved('key:b', 6_000);
    expect(await refund('key:a', { amount: 6_000, approval_id })).toMatchObject({
      status: 202,
      json: { object: 'refund', amount: 6_000 },
    });
    expect(since()).toMatchObject([{ type: 'payment.refund_requested' }]);
  });

  it.each([
    ['nobody', null],
    ['who asks for it', 'key:a'],
  ])('is not done with the approval of %s', async (_, by) => {
    const { approved, refund, since } = await underFourEyes();
    const approval = by === null ? {} : { approval_id: await approved(by, 6_000) };
    expect(await refund('key:a', { amount: 6_000, ...approval })).toMatchObject(forbidden);
    expect(since()).toEqual([]);
  });

  it('is one too when its amount is not said: all that is left', async () => {
    const { approved, refund, since } = await underFourEyes();
    expect(await refund('key:a', {})).toMatchObject(forbidden);
    expect(await refund('key:a', undefined)).toMatchObject(forbidden);
    expect(since()).toEqual([]);
    const approval_id = await approved('key:b', 10_000);
    expect(await refund('key:a', { approval_id })).toMatchObject({
      status: 202,
      json: { amount: 10_000 },
    });
  });

  it('is not got round in parts: what was refunded and what is under way count', async () => {
    const { refund, since, approved } = await underFourEyes();
    expect((await refund('key:a', { amount: 3_000 })).status).toBe(202);
    expect((await refund('key:a', { amount: 2_001 })).status).toBe(403);
    expect((await refund('key:a', { amount: 2_000 }, withKey('k'))).status).toBe(202);
    expect((await refund('key:a', { amount: 1 })).status).toBe(403);
    expect((await refund('key:a', { amount: 2_000 }, withKey('k'))).status).toBe(202);
    const approval_id = await approved('key:b', 1);
    expect((await refund('key:a', { amount: 1, approval_id })).status).toBe(202);
    expect(since()).toHaveLength(3);
  });

  it('counts parts that come at once', async () => {
    const { refund, since } = await underFourEyes();
    const answers = await Promise.all(
      ['1', '2', '3'].map((key) => refund('key:a', { amount: 2_500 }, withKey(key))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 403]);
    expect(since()).toHaveLength(2);
  });

  it('counts what was refunded in full, and nothing of a refund that failed', async () => {
    const ended = await underFourEyes([...held, 'refunded']);
    expect((await ended.refund('key:a', { amount: 2_001 })).status).toBe(403);
    expect((await ended.refund('key:a', { amount: 2_000 })).status).toBe(202);
    const failed = await underFourEyes([
      ...held,
      'refundDeclined',
      'refundReturned',
      'refundFailed',
    ]);
    expect((await failed.refund('key:a', { amount: 5_001 })).status).toBe(403);
    expect((await failed.refund('key:a', { amount: 5_000 })).status).toBe(202);
  });

  it('does not count a capture that is under way', async () => {
    const { refund } = await underFourEyes([
      'reserved',
      'authorized',
      'captureRequested',
      'captureStarted',
      'capturedPart',
      'restRequested',
    ]);
    expect((await refund('key:a', { amount: 4_000 })).status).toBe(202);
  });

  it('is the only one that its approval is good for', async () => {
    const { approved, refund, since } = await underFourEyes();
    const approval_id = await approved('key:b', 5_001);
    await refund('key:a', { amount: 5_001, approval_id });
    // What is left is less than the approval is of, and then the amount is another.
    expect((await refund('key:a', { amount: 4_999, approval_id })).json.code).toBe(
      'approval_not_usable',
    );
    expect(since()).toHaveLength(1);
  });

  it('cannot share an approval with another that comes at once', async () => {
    const { approved, refund, since } = await underFourEyes();
    const approval_id = await approved('key:b', 3_000);
    const answers = await Promise.all(
      ['1', '2', '3'].map((key) => refund('key:a', { amount: 3_000, approval_id }, withKey(key))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    expect(answers.filter(({ status }) => status === 409)).toEqual([
      expect.objectContaining(unusableAnswer('Another refund has used the approval.')),
      expect.objectContaining(unusableAnswer('Another refund has used the approval.')),
    ]);
    expect(since()).toHaveLength(1);
  });

  it('is answered the same again, also after its approval is over', async () => {
    const { approved, refund, clock, since } = await underFourEyes();
    const body = { amount: 6_000, approval_id: await approved('key:b', 6_000) };
    const first = await refund('key:a', body, withKey('k'));
    clock.aheadMs = 2 * dayMs;
    const again = await refund('key:a', body, withKey('k'));
    expect(again).toMatchObject({ status: 202, text: first.text });
    expect(again.headers).toMatchObject({ 'Idempotent-Replayed': 'true' });
    const { approval_id: _, ...without } = body;
    expect((await refund('key:a', without, withKey('k'))).json.code).toBe('idempotency_key_reused');
    expect(since()).toHaveLength(1);
  });

  it('has its approval still when it was bound and then could not be written', async () => {
    const { approved, refund, approvals, id } = await underFourEyes();
    const approval_id = await approved('key:b', 6_000);
    await approvals.bind(approval_id, requestedId(id, 'POST /payments/{id}/refunds', 'k'));
    expect((await refund('key:a', { amount: 6_000, approval_id }, withKey('other'))).status).toBe(
      409,
    );
    expect((await refund('key:a', { amount: 6_000, approval_id }, withKey('k'))).status).toBe(202);
  });
});

describe('an approval', () => {
  it.each([
    ['is of another amount', 6_000, 6_001, 0, 'The approval is of another amount.'],
    ['is of less', 6_000, 7_000, 0, 'The approval is of another amount.'],
    ['is over', 6_000, 6_000, dayMs, 'The approval has expired.'],
  ])('is none when it %s', async (_, approvedMinor, amount, aheadMs, detail) => {
    const { approved, refund, clock, since } = await underFourEyes();
    const approval_id = await approved('key:b', approvedMinor);
    clock.aheadMs = aheadMs;
    expect(await refund('key:a', { amount, approval_id })).toMatchObject(unusable(detail));
    expect(since()).toEqual([]);
  });

  it('is none of another payment, nor one that nobody gave', async () => {
    const other = await underFourEyes();
    const approval_id = await other.approved('key:b', 6_000);
    const elsewhere = await other.approvals.find(approval_id);
    if (!elsewhere) {
      throw new Error('the approval is gone');
    }
    const absent = unusable('There is no such approval of a refund of this payment.');
    for (const changed of [
      { paymentId: '01900000-0000-8000-8000-00000000000a' },
      { tenant: 'globex' },
    ]) {
      const approvals = memoryApprovals();
      await approvals.create({ ...elsewhere, ...changed });
      const { refund, since } = await underFourEyes(undefined, approvals);
      expect(await refund('key:a', { amount: 6_000, approval_id })).toMatchObject(absent);
      expect(since()).toEqual([]);
    }
    const { refund } = await underFourEyes();
    expect(await refund('key:a', { amount: 6_000, approval_id })).toMatchObject(absent);
  });

  it('is bound by a refund that did not need it, too', async () => {
    const { approved, refund } = await underFourEyes();
    const approval_id = await approved('key:b', 100);
    expect((await refund('key:a', { amount: 100, approval_id })).status).toBe(202);
    expect(await refund('key:a', { amount: 100, approval_id })).toMatchObject(
      unusable('Another refund has used the approval.'),
    );
  });

  it('is not used up by a refund that the payment does not allow, or the policies', async () => {
    const { approved, refund, approvals, id } = await underFourEyes();
    const approval_id = await approved('key:a', 6_000);
    expect((await refund('key:a', { amount: 6_000, approval_id })).status).toBe(403);
    expect((await refund('key:b', { amount: 10_001, approval_id })).json.code).toBe(
      'amount_too_large',
    );
    expect(await approvals.bind(approval_id, id)).toBe('bound');
  });

  it('is named by its id', async () => {
    const { refund } = await underFourEyes();
    for (const approval_id of ['', 'x', null, 7]) {
      expect(await refund('key:a', { amount: 100, approval_id })).toMatchObject({
        status: 400,
        json: { errors: [{ path: '/approval_id', message: 'must be the id of an approval' }] },
      });
    }
  });
});

describe('a refund up to the limit', () => {
  it('needs nobody else', async () => {
    const { refund } = await underFourEyes();
    expect((await refund('key:a', { amount: 5_000 })).status).toBe(202);
  });
});

function unusableAnswer(detail: string) {
  return { json: expect.objectContaining({ code: 'approval_not_usable', detail }) };
}
