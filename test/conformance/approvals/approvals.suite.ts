import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefundApproval } from '../../../shared/domain/access/approval.ts';
import type { OperatorApproval } from '../../../shared/domain/access/operator-approval.ts';
import type { Approvals } from '../../../shared/ports/access/approvals.ts';
import { timeAt } from '../../support/ledger/transfers.ts';

/** The approvals of both kinds, in one place. */
export interface BothKinds {
  readonly refunds: Approvals;
  readonly acts: Approvals<OperatorApproval>;
  readonly close: () => Promise<void>;
}

const aRefund: RefundApproval = {
  id: 'a',
  tenant: 'acme',
  paymentId: 'payment-1',
  amountMinor: 1_000_000_000_000,
  currency: 'EUR',
  reason: 'the goods came back',
  approvedBy: 'jwt:tess',
  created: timeAt(1),
  expires: timeAt(2),
  requestHash: 'hash',
};

const anAct: OperatorApproval = {
  id: 'a',
  act: 'dead_letter.redrive',
  subject: 'letter-1',
  outcome: null,
  providerReference: null,
  force: true,
  reason: 'the table is back',
  approvedBy: 'jwt:tess',
  created: timeAt(1),
  expires: timeAt(2),
  requestHash: 'hash',
};

const words: readonly Pick<OperatorApproval, 'outcome' | 'providerReference'>[] = [
  { outcome: 'took_effect', providerReference: 'ch_1' },
  { outcome: 'took_effect', providerReference: null },
  { outcome: 'no_effect', providerReference: null },
];

/** What every adapter of the approvals has to do. */
export function approvalsConform(kind: string, open: () => Promise<BothKinds>): void {
  let adapter: BothKinds;

  describe(`the approvals on ${kind}`, () => {
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    describe('of refunds', () => conform(() => adapter.refunds, aRefund));
    describe('of operators’ acts', () => conform(() => adapter.acts, anAct));

    it.each(words)('have the word that was approved: %j', async (word) => {
      const { acts } = adapter;
      const id = `word ${Object.values(word).join(' ')}`;
      const approval = { ...anAct, id, act: 'parked.resolve', force: false, ...word } as const;
      await acts.create(approval);
      expect(await acts.find(id)).toEqual(approval);
    });

    it('of one kind are not found, or bound, as of another', async () => {
      const { refunds, acts } = adapter;
      await refunds.create({ ...aRefund, id: 'refund' });
      await acts.create({ ...anAct, id: 'act' });
      expect([await refunds.find('act'), await acts.find('refund')]).toEqual([null, null]);
      expect([await refunds.bind('act', 'x'), await acts.bind('refund', 'x')]).toEqual([
        'used',
        'used',
      ]);
    });
  });
}

function conform<A extends { readonly id: string; readonly approvedBy: string }>(
  of: () => Approvals<A>,
  first: A,
): void {
  it('have each as it was given, and none that was not', async () => {
    expect(await of().create(first)).toEqual(first);
    expect(await of().find('a')).toEqual(first);
    expect(await of().find('b')).toBeNull();
  });

  it('keep the first under an id, also of ten at once', async () => {
    const kept = await of().create({ ...first, approvedBy: 'key:b' });
    expect(kept).toEqual(first);
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        of().create({ ...first, id: 'c', approvedBy: `key:${n}` }),
      ),
    );
    expect(new Set(all.map(({ approvedBy }) => approvedBy)).size).toBe(1);
    expect(await of().find('c')).toEqual(all[0]);
  });

  it('bind each to one use, as often as that asks', async () => {
    const uses = Array.from({ length: 10 }, (_, n) => `operation-${n}`);
    const answers = await Promise.all(uses.map((one) => of().bind('c', one)));
    expect(answers.filter((answer) => answer === 'bound')).toHaveLength(1);
    const winner = uses[answers.indexOf('bound')] as string;
    expect(await of().bind('c', winner)).toBe('bound');
    expect(await of().bind('c', 'operation-x')).toBe('used');
    expect(await of().find('c')).toMatchObject({ id: 'c', reason: expect.any(String) });
  });

  it('bind nothing that is not there', async () => {
    expect(await of().bind('nothing', 'operation-1')).toBe('used');
    expect(await of().find('nothing')).toBeNull();
  });
}
