import { describe, expect, it } from 'vitest';
import { memoryApprovals } from '../../../../shared/adapters/memory/access/approvals.ts';
import { endpoints } from '../../../../shared/contracts/endpoints.ts';
import { expiryOf } from '../../../../shared/domain/access/approval.ts';
import type { OperatorApproval } from '../../../../shared/domain/access/operator-approval.ts';
import type { AppendOperatorAct } from '../../../../shared/ports/operator-log.ts';
import type { Access } from '../../../../shared/runtime/http/entry/access.ts';
import { httpHandler } from '../../../../shared/runtime/http/handler.ts';
import { aPrincipal } from '../../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../../test/support/api/api-event.ts';
import { byName, permitsAll } from '../../../../test/support/dead-letters/operators-api.ts';
import { aParked, type ParkedName, why } from '../../../../test/support/payments/parked.ts';
import { resolveParkedAt } from './resolve.ts';

const approvalId = '01900000-0000-7000-8000-000000000a01';

/** Something parked of EUR 100.00 where acts from `limit` on take two, and what operators say of it. */
async function underFourEyes(what: ParkedName, limit: number, access = byName(limit)) {
  const parked = await aParked(what);
  const { resolving } = parked;
  const approvals = memoryApprovals<OperatorApproval>();
  /** What does not answer. */
  const away = { log: false };
  const log: AppendOperatorAct = async (act) => {
    if (away.log) {
      throw new Error('no log');
    }
    return resolving.payments.log(act);
  };
  const handler = httpHandler(
    endpoints.resolveParked,
    access,
    resolveParkedAt({ ...resolving, payments: { ...resolving.payments, log }, approvals }),
  );
  const { time: created } = parked.deps.nextStamp();
  return {
    ...parked,
    away,
    approve: (given: Partial<OperatorApproval> = {}) =>
      approvals.create({
        id: approvalId,
        act: 'parked.resolve',
        subject: parked.operationId,
        outcome: 'no_effect',
        providerReference: null,
        force: false,
        reason: why,
        approvedBy: 'jwt:bob',
        created,
        expires: expiryOf(created),
        requestHash: 'hash',
        ...given,
      }),
    say: (outcome: string, more: object = {}) =>
      invoke(
        handler,
        apiEvent({
          headers: {
            Authorization: 'Bearer operations/jwt:ann',
            'Content-Type': 'application/json',
          },
          pathParameters: { payment_id: parked.id },
          body: parked.said(outcome, { ...more }),
        }),
      ),
  };
}

describe('four eyes on what is parked', () => {
  it('take a word on a charge up to the limit from one', async () => {
    const { say, acts } = await underFourEyes('charge', 10_000);
    expect((await say('no_effect')).status).toBe(200);
    expect((await acts())[0]?.details).not.toHaveProperty('approved_by');
  });

  it('take one over it from two, who are both on record', async () => {
    const { say, approve, acts, since } = await underFourEyes('charge', 9_999);
    const alone = await say('no_effect');
    expect(alone.json).toMatchObject({ status: 403, approval_required: true });
    expect([await since(), await acts()]).toEqual([[], []]);
    await approve();
    expect((await say('no_effect', { approval_id: approvalId })).status).toBe(200);
    expect(await acts()).toMatchObject([
      { by: 'jwt:ann', details: { approval: approvalId, approved_by: 'jwt:bob' } },
    ]);
  });

  it('let nobody of operations resolve who is no operator, whatever is permitted', async () => {
    const auditor: Access = {
      ...permitsAll,
      authenticate: async () => aPrincipal('operations', { role: 'auditor' }),
    };
    const { say, since, acts } = await underFourEyes('charge', 10_000, auditor);
    expect((await say('no_effect')).json).toMatchObject({ status: 403, code: 'forbidden' });
    expect([await since(), await acts()]).toEqual([[], []]);
  });

  it.each([
    ['is of who says it', { approvedBy: 'jwt:ann' }, 403, 'forbidden'],
    ['is of another operation', { subject: approvalId }, 409, 'approval_not_usable'],
    ['is of another act', { act: 'dead_letter.discard' }, 409, 'approval_not_usable'],
    ['is of another outcome', { outcome: 'took_effect' }, 409, 'approval_not_usable'],
    ['is of a word of before there were outcomes', { outcome: null }, 409, 'approval_not_usable'],
    ['has expired', { expires: '2026-01-01T00:00:00.000Z' }, 409, 'approval_not_usable'],
  ] as const)('take none with an approval that %s', async (_, given, status, code) => {
    const { say, approve, since } = await underFourEyes('charge', 9_999);
    await approve(given);
    const { json } = await say('no_effect', { approval_id: approvalId });
    expect(json).toMatchObject({ status, code });
    expect(await since()).toEqual([]);
  });

  it('take no other word than was approved after a fault, and that one again', async () => {
    const { say, approve, away } = await underFourEyes('charge', 9_999);
    await approve();
    const approval_id = approvalId;
    away.log = true;
    expect((await say('no_effect', { approval_id })).status).toBe(500);
    away.log = false;
    const other = await say('took_effect', { approval_id, provider_reference: 'ch_1' });
    expect(other.json).toMatchObject({ status: 409, code: 'approval_not_usable' });
    expect((await say('no_effect', { approval_id })).status).toBe(200);
  });

  it('take a charge as having taken effect under the reference that was approved, and no other', async () => {
    const { say, approve, since } = await underFourEyes('charge', 9_999);
    await approve({ outcome: 'took_effect', providerReference: 'ch_1' });
    const approval_id = approvalId;
    for (const [outcome, more] of [
      ['took_effect', { provider_reference: 'ch_2' }],
      ['no_effect', {}],
    ] as const) {
      const { json } = await say(outcome, { approval_id, ...more });
      expect(json).toMatchObject({ status: 409, code: 'approval_not_usable' });
    }
    expect(await since()).toEqual([]);
    const answer = await say('took_effect', { approval_id, provider_reference: 'ch_1' });
    expect(answer.status).toBe(200);
  });

  it('are asked of no question to the PSP, and of no saga that begins anew', async () => {
    const unknown = await underFourEyes('charge', 0);
    expect((await unknown.say('ask')).status).toBe(200);
    const stuck = await underFourEyes('stuck charge', 0);
    expect((await stuck.say('resume')).status).toBe(200);
  });
});
