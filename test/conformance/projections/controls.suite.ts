import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  abandon,
  begin,
  firstControl,
  forget,
  retire,
  swap,
} from '../../../shared/domain/projection/control.ts';
import type { ProjectionControls } from '../../../shared/ports/projections/projections.ts';

const act = { at: '2026-11-21T09:00:00.000Z', by: 'ann' };

/** What every adapter of what is on record of projections has to do. */
export function controlsConformance(
  kind: string,
  open: () => Promise<{
    readonly controls: ProjectionControls;
    readonly close: () => Promise<void>;
  }>,
): void {
  describe(`what is on record of projections on ${kind}`, () => {
    let controls: ProjectionControls;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ controls, close } = await open());
    });
    afterAll(() => close());

    it('is the first generation where nobody has built one', async () => {
      expect(await controls.read('daily_totals')).toEqual(firstControl('daily_totals'));
    });

    it('is each step of a rebuild, and of one that is given up, as it was written', async () => {
      let control = await controls.read('payment_list');
      const steps = [
        (before: typeof control) => begin(before, act),
        (before: typeof control) => swap(before, { ...act, by: 'bob' }),
        retire,
        forget,
        (before: typeof control) => begin(before, act),
        abandon,
        forget,
      ];
      for (const step of steps) {
        control = step(control);
        expect(await controls.write(control)).toBe(true);
        expect(await controls.read('payment_list')).toEqual(control);
      }
      expect(control).toMatchObject({ live: 2, last: 3, revision: 7 });
      expect(await controls.read('daily_totals')).toEqual(firstControl('daily_totals'));
    });

    it('is changed by one of those who change it at once, and by none that has not seen it', async () => {
      const read = await controls.read('daily_totals');
      const begun = ['ann', 'bob', 'cleo'].map((by) => begin(read, { ...act, by }));
      const written = await Promise.all(begun.map(controls.write));
      expect(written.filter(Boolean)).toHaveLength(1);
      const winner = begun[written.indexOf(true)];
      expect(await controls.read('daily_totals')).toEqual(winner);
      expect(await controls.write(begin(firstControl('daily_totals'), act))).toBe(false);
      expect(await controls.write({ ...read, revision: read.revision + 3 })).toBe(false);
      expect(await controls.read('daily_totals')).toEqual(winner);
    });
  });
}
