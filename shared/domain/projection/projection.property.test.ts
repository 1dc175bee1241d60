import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  abandon,
  begin,
  firstControl,
  forget,
  generationsOf,
  type ProjectionControl,
  retire,
  swap,
} from './control.ts';
import { inGeneration } from './generation.ts';
import { hasTaken, nothingTaken, take, takenFromText, takenOf, takenText } from './taken.ts';

const sequences = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });

describe('what is taken of a payment', () => {
  it('is what a set of all sequences has, in any order and however often they come', () => {
    fc.assert(
      fc.property(sequences, (all) => {
        const set = new Set<number>();
        let taken = nothingTaken;
        for (const sequence of all) {
          const step = take(taken, sequence);
          expect(step.fresh).toBe(!set.has(sequence));
          taken = step.taken;
          set.add(sequence);
        }
        for (let sequence = 1; sequence <= 31; sequence++) {
          expect(hasTaken(taken, sequence)).toBe(set.has(sequence));
        }
        expect(taken).toEqual(takenOf(all));
        expect(taken.beyond.every((one) => one > taken.upTo + 1)).toBe(true);
      }),
    );
  });

  it('is a text and back, and one number when nothing is missing', () => {
    fc.assert(
      fc.property(sequences, (all) => {
        const taken = takenOf(all);
        expect(takenFromText(takenText(taken))).toEqual(taken);
      }),
    );
    expect(takenText(takenOf(Array.from({ length: 10_000 }, (_, n) => 10_000 - n)))).toBe('10000');
    expect(takenText(nothingTaken)).toBe('0');
  });
});

const act = { at: '2026-11-21T09:00:00.000Z', by: 'ann' };
const steps = {
  begin: (control: ProjectionControl) => begin(control, act),
  swap: (control: ProjectionControl) => swap(control, act),
  retire,
  abandon,
  forget,
};

describe('generations', () => {
  it('never use a number twice, and what is live is never written by nobody, nor deleted', () => {
    const courses = fc.array(fc.constantFrom(...Object.values(steps)), { maxLength: 40 });
    fc.assert(
      fc.property(courses, (course) => {
        let control = firstControl('payment_list');
        const begun = new Set([1]);
        for (const step of course) {
          const before = control;
          try {
            control = step(control);
          } catch {
            continue;
          }
          expect(control.revision).toBe(before.revision + 1);
          if (control.last !== before.last) {
            expect(begun.has(control.last)).toBe(false);
            begun.add(control.last);
          }
          // Readers go over only to what was written beside, and it is so for a while after.
          if (control.live !== before.live) {
            expect(generationsOf(before).beside).toEqual([control.live]);
            expect(generationsOf(control).beside).toEqual([before.live]);
          }
          expect(control.leaving).not.toBe(control.live);
          expect(control.leaving === null || control.leaving !== control.beside).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['swap', firstControl('payment_list')],
    ['retire', steps.begin(firstControl('payment_list'))],
    ['begin', steps.begin(firstControl('payment_list'))],
    ['abandon', steps.swap(steps.begin(firstControl('payment_list')))],
    ['forget', firstControl('payment_list')],
  ] as const)('refuse to %s where it is not its turn', (step, control) => {
    expect(() => steps[step](control)).toThrow('payment_list is');
  });

  it('leave the keys of the first as they were, and share none', () => {
    expect(inGeneration(1, 'TENANT#acme')).toBe('TENANT#acme');
    expect(inGeneration(12, 'TENANT#acme')).toBe('G12#TENANT#acme');
  });
});
