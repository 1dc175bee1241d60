import { expect, it } from 'vitest';
import { begin, firstControl } from '../domain/projection/control.ts';
import { generationsForMs } from '../ports/projections/projections.ts';
import { keptGenerations } from './kept-generations.ts';

const first = { live: 1, beside: [] };
const second = { live: 1, beside: [2] };

/** A process that has read the generations, before another one is begun. */
async function aProcess() {
  const clocks = { wall: 1_000_000, monotonic: 1_000 };
  let control = firstControl('daily_totals');
  let during = () => {};
  const generations = keptGenerations(
    {
      read: async () => {
        const answer = control;
        during();
        return answer;
      },
    },
    { wallMs: () => clocks.wall, monotonicMs: () => clocks.monotonic },
  );
  expect(await generations('daily_totals')).toEqual(first);
  control = begin(control, { at: '2026-11-21T09:00:00.000Z', by: 'ann' });
  return {
    read: async (passed: { readonly wall: number; readonly monotonic: number }) => {
      clocks.wall += passed.wall;
      clocks.monotonic += passed.monotonic;
      return generations('daily_totals');
    },
    slowly: (ms: number) => {
      during = () => {
        clocks.wall += ms;
        clocks.monotonic += ms;
      };
    },
  };
}

it.each([
  ['both clocks say that it was just now', 0, 0],
  ['both clocks say that it was within the time', generationsForMs - 1, generationsForMs - 1],
])('goes by what was read when %s', async (_, wall, monotonic) => {
  expect(await (await aProcess()).read({ wall, monotonic })).toEqual(first);
});

it.each([
  ['both clocks say that it was long ago', generationsForMs, generationsForMs],
  ['the process was frozen, and its monotonic clock with it', 3_600_000, 0],
  ['the wall clock stands still', 0, generationsForMs],
  ['the wall clock was set back', -1, 1],
])('reads again when %s', async (_, wall, monotonic) => {
  expect(await (await aProcess()).read({ wall, monotonic })).toEqual(second);
});

it('counts the time from before the read', async () => {
  const { read, slowly } = await aProcess();
  const over = { wall: generationsForMs, monotonic: generationsForMs };
  slowly(generationsForMs);
  await read(over);
  slowly(0);
  expect(await read({ wall: 0, monotonic: 0 })).toEqual(second);
});
