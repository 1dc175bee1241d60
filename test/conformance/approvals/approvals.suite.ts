import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefundApproval } from '../../../shared/domain/access/approval.ts';
import type { Approvals } from '../../../shared/ports/access/approvals.ts';
import { timeAt } from '../../support/ledger/transfers.ts';

/** What every adapter of the approvals has to do. */
export function approvalsConform(
  kind: string,
  open: () => Promise<{ readonly approvals: Approvals; readonly close: () => Promise<void> }>,
): void {
  describe(`the approvals on ${kind}`, () => {
    let adapter: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    const approval = (id: string, given: Partial<RefundApproval> = {}): RefundApproval => ({
      id,
      tenant: 'acme',
      paymentId: 'payment-1',
      amountMinor: 1_000_000_000_000,
      currency: 'EUR',
      reason: 'the goods came back',
      approvedBy: 'jwt:tess',
      created: timeAt(1),
      expires: timeAt(2),
      requestHash: 'hash',
      ...given,
    });

    it('have each as it was given, and none that was not', async () => {
      const { approvals } = adapter;
      expect(await approvals.create(approval('a'))).toEqual(approval('a'));
      expect(await approvals.find('a')).toEqual(approval('a'));
      expect(await approvals.find('b')).toBeNull();
    });

    it('keep the first under an id, also of ten at once', async () => {
      const { approvals } = adapter;
      const kept = await approvals.create(approval('a', { amountMinor: 5, approvedBy: 'key:b' }));
      expect(kept).toEqual(approval('a'));
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          approvals.create(approval('c', { approvedBy: `key:${n}` })),
        ),
      );
      expect(new Set(all.map(({ approvedBy }) => approvedBy)).size).toBe(1);
      expect(await approvals.find('c')).toEqual(all[0]);
    });

    it('bind each to one operation, as often as that asks', async () => {
      const { approvals } = adapter;
      const operations = Array.from({ length: 10 }, (_, n) => `operation-${n}`);
      const answers = await Promise.all(operations.map((one) => approvals.bind('c', one)));
      expect(answers.filter((answer) => answer === 'bound')).toHaveLength(1);
      const winner = operations[answers.indexOf('bound')] as string;
      expect(await approvals.bind('c', winner)).toBe('bound');
      expect(await approvals.bind('c', 'operation-x')).toBe('used');
      expect(await approvals.find('c')).toMatchObject({ id: 'c', tenant: 'acme' });
    });

    it('bind nothing that is not there', async () => {
      const { approvals } = adapter;
      expect(await approvals.bind('nothing', 'operation-1')).toBe('used');
      expect(await approvals.find('nothing')).toBeNull();
    });
  });
}
