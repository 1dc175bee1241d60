import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { simulatorCalls } from '../../../shared/contracts/simulator/behaviour.ts';
import type { SimulatorScriptedAnswer } from '../../../shared/contracts/simulator/scripts.ts';
import type { ScriptStore } from '../../../shared/ports/simulator-store.ts';
import type { OpenSimulatorStores } from './records.ts';

const busy: SimulatorScriptedAnswer = { before: { status: 429 } };
const stalls: SimulatorScriptedAnswer = { after: { delay_ms: 'stall', status: 504 } };
const does: SimulatorScriptedAnswer = {};

/** What every store of the simulator's scripts has to do. */
export function simulatorScriptsConformance(
  kind: string,
  open: () => Promise<OpenSimulatorStores>,
) {
  describe(`the simulator's scripts on ${kind}`, () => {
    let opened: OpenSimulatorStores;
    let scripts: ScriptStore;
    beforeAll(async () => {
      opened = await open();
      scripts = opened.scripts;
    });
    beforeEach(async () => {
      for (const call of simulatorCalls) {
        await scripts.put(call, []);
      }
    });
    afterAll(() => opened.close());

    it('has nothing for a call that nothing was ever scripted for', async () => {
      const { scripts: other } = opened.other;
      expect(await other.take('refund')).toBeNull();
      expect(await other.left('refund')).toEqual([]);
    });

    it('gives each answer once, in order, and then none', async () => {
      await scripts.put('charge', [busy, does, stalls]);
      expect(await scripts.left('charge')).toEqual([busy, does, stalls]);
      expect(await scripts.take('charge')).toEqual(busy);
      expect(await scripts.take('charge')).toEqual(does);
      expect(await scripts.left('charge')).toEqual([stalls]);
      expect(await scripts.take('charge')).toEqual(stalls);
      expect(await scripts.take('charge')).toBeNull();
      expect(await scripts.left('charge')).toEqual([]);
    });

    it('keeps the kinds of calls apart, and the PSPs', async () => {
      await scripts.put('capture', [busy]);
      await opened.other.scripts.put('capture', [stalls]);
      expect(await scripts.take('charge')).toBeNull();
      expect(await scripts.take('inquiry')).toBeNull();
      expect(await opened.other.scripts.take('capture')).toEqual(stalls);
      expect(await opened.other.scripts.take('capture')).toBeNull();
      expect(await scripts.take('capture')).toEqual(busy);
    });

    it('puts a script in the place of what is left of an earlier one', async () => {
      await scripts.put('void', [busy, busy, busy]);
      await scripts.take('void');
      await scripts.put('void', [stalls]);
      expect(await scripts.left('void')).toEqual([stalls]);
      expect(await scripts.take('void')).toEqual(stalls);
      await scripts.put('void', [busy]);
      await scripts.put('void', []);
      expect(await scripts.take('void')).toBeNull();
    });

    it('gives each of ten answers to one of twelve calls at once', async () => {
      const answers = Array.from({ length: 10 }, (_, index) => ({ amount_off_by: index + 1 }));
      await scripts.put('charge', answers);
      const taken = await Promise.all(Array.from({ length: 12 }, () => scripts.take('charge')));
      const offBy = taken.map((answer) => answer?.amount_off_by ?? 0);
      expect(offBy.toSorted((a, b) => a - b)).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });
  });
}
