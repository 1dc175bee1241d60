import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { OperatorAct, OperatorLog } from '../../../shared/ports/operator-log.ts';
import { timeAt } from '../../support/transfers.ts';

/** What every adapter of the operator log has to do. */
export function operatorLogConforms(
  kind: string,
  open: () => Promise<{ readonly log: OperatorLog; readonly close: () => Promise<void> }>,
): void {
  describe(`the operator log on ${kind}`, () => {
    let adapter: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    const act = (ms: number, given: Partial<OperatorAct> = {}): OperatorAct => ({
      id: derivedId('test act', String(ms)),
      time: timeAt(ms),
      by: 'ada',
      action: 'dlq.discard',
      subject: 'letter-1',
      reason: 'the event is of a test',
      details: { queue: 'payments-relay', at_risk: 'EUR 25.00' },
      ...given,
    });
    const all = async (limit: number) => {
      const acts: OperatorAct[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<OperatorLog['list']>> = await adapter.log.list({
          limit,
          after,
        });
        acts.push(...page.items);
        after = page.next;
      } while (after !== null);
      return acts;
    };

    it('is empty at first', async () => {
      expect(await adapter.log.list({ limit: 100, after: null })).toEqual({
        items: [],
        next: null,
      });
    });

    it('has each act as it was, newest first, in pages of any size', async () => {
      const acts = [
        act(1, { action: 'parked.resolve', details: {} }),
        act(3),
        act(2, { action: 'dlq.redrive', reason: '' }),
        act(3, { id: derivedId('test act', 'at the same time') }),
        act(4),
      ];
      for (const one of acts) {
        await adapter.log.append(one);
      }
      const expected = acts.sort((a, b) => (`${a.time}#${a.id}` < `${b.time}#${b.id}` ? 1 : -1));
      for (const limit of [1, 2, 5, 100]) {
        expect(await all(limit)).toEqual(expected);
      }
    });

    it('keeps an act as it was written first', async () => {
      const before = await all(100);
      await adapter.log.append(act(4, { by: 'somebody else', reason: 'another' }));
      expect(await all(100)).toEqual(before);
    });
  });
}
