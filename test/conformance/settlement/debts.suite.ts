import { describe, expect, it } from 'vitest';
import { reconcileFile } from '../../../functions/settlement/reconcile/reconcile-file.ts';
import type { ReadLimited } from '../../../shared/ports/ledger.ts';
import { filesOfOne, lineOf } from '../../support/settlement/files.ts';
import type { SettlementAdapters } from '../../support/settlement/world.ts';

/** That a merchant pays back what it was paid out before it was taken back. */
export function debtsArePaid(kind: string, adapters: () => SettlementAdapters): void {
  describe(`a merchant’s debt on ${kind}`, () => {
    it('is what a chargeback cannot take back, and is paid by the dispute that is won', async () => {
      const { captured, run, disputed, won, payOut, available, debt, balance } = filesOfOne(
        adapters(),
        'won-debt',
      );
      const payment = await captured();
      await run(lineOf(payment));
      expect(await payOut(9_710)).toBe('written');
      const lost = await run(await disputed(payment));
      expect(lost.figures.posted.EUR).toMatchObject({ taken_back: 0n, owed: 11_500n });
      expect([await available(), await debt()]).toEqual([0n, 11_500n]);
      expect(await balance('merchant_payable')).toBe(0n);
      const again = await run(await won(payment));
      expect(again.figures.posted.EUR).toMatchObject({
        made_available: 10_000n,
        debt_paid: 10_000n,
      });
      expect([await available(), await debt()]).toEqual([0n, 1_500n]);
      expect(await balance('merchant_debt')).toBe(1_500n);
      expect(await balance('merchant_payable')).toBe(0n);
      expect(await payOut(1)).toBe('insufficient_funds');
    });

    it('is what a refund cannot take back, and is paid by the next sales', async () => {
      const { captured, run, refunded, payOut, available, debt, balance } = filesOfOne(
        adapters(),
        'sales-debt',
      );
      const first = await captured();
      await run(lineOf(first));
      await payOut(9_710);
      const { figures } = await run(await refunded(first, 10_000));
      expect(figures.posted.EUR).toMatchObject({ taken_back: 0n, owed: 10_000n });
      expect([await available(), await debt()]).toEqual([0n, 10_000n]);
      await run(lineOf(await captured()));
      expect([await available(), await debt()]).toEqual([0n, 290n]);
      expect(await payOut(1)).toBe('insufficient_funds');
      const both = [await captured(), await captured()].map((payment) => lineOf(payment));
      const last = await run(...both);
      expect(last.figures.posted.EUR).toMatchObject({ made_available: 19_420n, debt_paid: 290n });
      expect([await available(), await debt()]).toEqual([19_130n, 0n]);
      expect(await balance('merchant_payable')).toBe(0n);
    });

    it('is only what is not available', async () => {
      const { captured, run, refunded, payOut, available, debt, balance } = filesOfOne(
        adapters(),
        'part-debt',
      );
      const payment = await captured();
      await run(lineOf(payment));
      await payOut(9_000);
      const { figures } = await run(await refunded(payment, 4_000));
      expect(figures.posted.EUR).toMatchObject({ taken_back: 710n, owed: 3_290n });
      expect([await available(), await debt()]).toEqual([0n, 3_290n]);
      expect(await balance('merchant_payable')).toBe(0n);
      expect(await balance('psp_receivable')).toBe(0n);
      expect(await balance('bank')).toBe(9_880n - 4_000n);
    });

    it('is read again when it was paid since', async () => {
      const { captured, run, put, refunded, payOut, available, debt, world } = filesOfOne(
        adapters(),
        'moving-debt',
      );
      const payment = await captured();
      await run(lineOf(payment));
      await payOut(9_710);
      await run(await refunded(payment, 500));
      const [next, faster] = [await captured(), await captured()];
      const reads: bigint[] = [];
      const readLimited: ReadLimited = async (...account) => {
        const read = await world.deps.readLimited(...account);
        reads.push(read.availableMinor);
        if (reads.length === 1) {
          await run(lineOf(faster));
        }
        return read;
      };
      const file = await put([lineOf(next)]);
      const { figures } = await reconcileFile({ ...world.deps, readLimited }, file);
      expect(figures.posted.EUR).toMatchObject({ made_available: 9_710n, debt_paid: 0n });
      expect(reads).toEqual([500n, 0n]);
      expect([await available(), await debt()]).toEqual([2n * 9_710n - 500n, 0n]);
    });
  });
}
