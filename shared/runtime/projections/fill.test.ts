import { describe, expect, it } from 'vitest';
import { anAddingEvent } from '../../../test/support/reports.ts';
import { fill } from './fill.ts';

const event = anAddingEvent();

/** Fills from payments with so many events each, and says which events were taken, by payment. */
async function filling(
  payments: readonly number[],
  isWanted: (looks: number) => boolean | Promise<boolean>,
) {
  const taken = payments.map(() => 0);
  const steps: string[] = [];
  let looks = 0;
  const isFilled = await fill(
    {
      scan: async () => ({
        payments: payments.map((_, index) => ({
          id: String(index),
          tenant: 'acme',
          created: event.time,
          version: 1,
        })),
        next: null,
      }),
      events: async (id) =>
        Array.from({ length: payments[Number(id)] ?? 0 }, () => ({ ...event, subject: id })),
      rows: {
        project: async ({ subject }) => {
          taken[Number(subject)] = (taken[Number(subject)] ?? 0) + 1;
          return true;
        },
        rows: async function* () {},
        row: async () => null,
        clear: async () => 0,
      },
      tell: ({ kind }) => steps.push(kind),
      isWanted: async () => isWanted(++looks),
    },
    2,
  );
  return { isFilled, taken, steps };
}

describe('filling a generation', () => {
  it('takes all events of all payments, and tells so', async () => {
    const payments = [250, 0, ...Array.from({ length: 20 }, () => 3)];
    expect(await filling(payments, () => true)).toEqual({
      isFilled: true,
      taken: payments,
      steps: ['took'],
    });
  });

  it('looks before each payment whether it is wanted still', async () => {
    const { isFilled, taken } = await filling(
      Array.from({ length: 25 }, () => 1),
      (looks) => looks <= 13,
    );
    expect(isFilled).toBe(false);
    expect(taken.reduce((sum, each) => sum + each)).toBe(13);
  });

  it('looks within a long history, and ends there', async () => {
    expect(await filling([1_000, 1], (looks) => looks <= 4)).toEqual({
      isFilled: false,
      taken: [300, 1],
      steps: [],
    });
  });

  it('ends when one payment was told so, also when another that asked before is answered later', async () => {
    let late = (_: boolean) => {};
    const { isFilled } = await filling([1, 1, ...Array.from({ length: 20 }, () => 1)], (looks) => {
      if (looks === 1) {
        return new Promise<boolean>((resolve) => {
          late = resolve;
        });
      }
      if (looks === 2) {
        setImmediate(() => late(true));
      }
      return looks !== 2;
    });
    expect(isFilled).toBe(false);
  });
});
