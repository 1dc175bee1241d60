import { describe, expect, it } from 'vitest';
import { reconcileFile } from '../../../functions/settlement/reconcile/reconcile-file.ts';
import { settleLine } from '../../../functions/settlement/reconcile/settle-lines.ts';
import type { SettlementChange } from '../../../shared/domain/settlement/decide.ts';
import type { FileLine } from '../../../shared/domain/settlement/sides.ts';
import { filesOfOne, lineOf } from '../../support/settlement/files.ts';
import type { CsvLine, SettlementAdapters } from '../../support/settlement/world.ts';

/** That a PSP can put a line right. */
export function correctionsHold(kind: string, adapters: () => SettlementAdapters): void {
  const setUp = (name: string) => {
    const files = filesOfOne(adapters(), name);
    const found = async () =>
      (await files.breaks()).map(({ kind: of, status }) => `${of} ${status}`).toSorted();
    const lineIn = (file: number, line: CsvLine): FileLine => ({
      provider: files.world.psp,
      file: `${files.world.psp}/${file}.csv`,
      number: 2,
      record: {
        provider_reference: 'ch_1',
        time: '2026-01-01T00:00:00.000Z',
        ...line,
      } as FileLine['record'],
    });
    return { ...files, found, lineIn };
  };

  describe(`a line that broke, on ${kind},`, () => {
    it.each([
      ['amount', { gross: 9_999 }],
      ['currency', { currency: 'USD' }],
    ])(
      'of another %s gives way to one that agrees, which closes its break',
      async (what, wrong) => {
        const { captured, run, available, breaks, found, world } = setUp(`corrected-${what}`);
        const payment = await captured();
        const first = await run(lineOf(payment, wrong));
        expect(first.figures).toMatchObject({ matched: 0, breaks: { [`wrong_${what}`]: 1 } });
        expect(await found()).toEqual([`wrong_${what} open`]);
        const second = await run(lineOf(payment, { line_id: '000007' }));
        expect(second.figures).toMatchObject({ matched: 1, breaks: { duplicate_line: 0 } });
        expect((await breaks()).map(({ resolution }) => resolution)).toMatchObject([
          {
            by: 'reconciliation',
            reason: `line 000007 of ${world.psp}/2.csv agrees, and was posted in its place`,
          },
        ]);
        expect(await available()).toBe(9_710n);
      },
    );

    it('is the same when its file, or the one that put it right, is run again', async () => {
      const { captured, run, found, world, lineIn, available } = setUp('corrected-again');
      const payment = await captured();
      const [wrong, right] = [lineOf(payment, { gross: 1 }), lineOf(payment)];
      await run(wrong);
      await run(right);
      for (let again = 0; again < 2; again++) {
        expect(await settleLine(world.deps, lineIn(1, wrong))).toMatchObject({
          outcome: 'wrong_amount',
          posted: { settled: 0n },
        });
        expect(await settleLine(world.deps, lineIn(2, right))).toMatchObject({
          outcome: 'matched',
          posted: { settled: 9_880n },
        });
      }
      expect(await found()).toEqual(['wrong_amount resolved']);
      expect(await available()).toBe(9_710n);
    });

    it('may be put right in its own file', async () => {
      const { captured, run, found } = setUp('corrected-there');
      const payment = await captured();
      const { figures } = await run(lineOf(payment, { gross: 1 }), lineOf(payment));
      expect(figures).toMatchObject({ lines: 2, matched: 1, breaks: { wrong_amount: 1 } });
      expect(await found()).toEqual(['wrong_amount resolved']);
    });

    it('is put right once: what agrees as well is a duplicate, and so is what does not', async () => {
      const { captured, run, found, available } = setUp('corrected-once');
      const payment = await captured();
      await run(lineOf(payment, { gross: 1 }));
      await run(lineOf(payment, { gross: 2 }));
      expect(await found()).toEqual(['duplicate_line open', 'wrong_amount open']);
      await run(lineOf(payment));
      await run(lineOf(payment));
      await run(lineOf(payment, { gross: 1 }));
      expect(await found()).toEqual([
        'duplicate_line open',
        'duplicate_line open',
        'duplicate_line open',
        'wrong_amount resolved',
      ]);
      expect(await available()).toBe(9_710n);
    });

    it('that a person has closed is put right, and stays closed as it is', async () => {
      const { captured, run, breaks, available } = setUp('corrected-closed');
      const payment = await captured();
      await run(lineOf(payment, { gross: 1 }));
      const [broken] = await breaks();
      const resolution = { reason: 'it will come', by: 'operations', time: broken?.created ?? '' };
      const { resolve } = adapters().breaks;
      await resolve({ ...(broken as NonNullable<typeof broken>), status: 'resolved', resolution });
      await run(lineOf(payment));
      expect((await breaks()).map((found) => found.resolution)).toEqual([resolution]);
      expect(await available()).toBe(9_710n);
    });

    it('is put right by one of two files that run at once', async () => {
      const { captured, run, put, found, world, available } = setUp('corrected-race');
      const payment = await captured();
      await run(lineOf(payment, { gross: 1 }));
      const [one, other] = [await put([lineOf(payment)]), await put([lineOf(payment)])];
      let waits = true;
      const write = async (change: SettlementChange) => {
        if (waits) {
          waits = false;
          await reconcileFile(world.deps, other);
        }
        return world.deps.store.write(change);
      };
      const slow = { ...world.deps, store: { ...world.deps.store, write } };
      const { figures } = await reconcileFile(slow, one);
      expect(figures).toMatchObject({ matched: 0, breaks: { duplicate_line: 1 } });
      expect(await found()).toEqual(['duplicate_line open', 'wrong_amount resolved']);
      expect(await available()).toBe(9_710n);
    });
  });
}
