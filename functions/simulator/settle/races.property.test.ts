import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { memorySettlementFiles } from '../../../shared/adapters/memory/settlement-files.ts';
import { memorySimulator } from '../../../shared/adapters/simulator-store/memory.ts';
import type { SettlementStore } from '../../../shared/ports/simulator-store.ts';
import { createSimulatorApi } from '../api/api.ts';
import { settle } from './settle.ts';

/** Longer than whoever makes a file can live. */
const abandonmentMs = 16 * 60 * 1_000;

const settlements = [1, 2, 3].map((operation) => ({ kind: 'settle', operation }) as const);

/** What happens beside what else happens: a charge, a call that makes a file, or that time passes. */
const doing = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'charge' } as const) },
  { weight: 4, arbitrary: fc.constantFrom(...settlements) },
  { weight: 1, arbitrary: fc.constant({ kind: 'pass' } as const) },
);

it('has each effect in one file, whatever comes at once and whoever dies on the way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(doing, { minLength: 2, maxLength: 8 }),
      fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 4 }),
      async (scheduler, doings, deaths) => {
        let nowMs = Date.parse('2026-01-01T00:00:00.000Z');
        const now = () => new Date(nowMs);
        const memory = memorySimulator();
        const files = memorySettlementFiles(now);
        let steps = 0;
        /** Comes about when the scheduler says so; who called it may be dead by then. */
        const later = <Args extends unknown[], Result>(
          call: (...args: Args) => Promise<Result>,
        ) => {
          return async (...args: Args): Promise<Result> => {
            await scheduler.schedule(Promise.resolve());
            const result = await call(...args);
            if (deaths.includes(steps++)) {
              throw new Error('died');
            }
            return result;
          };
        };
        const { settlements: kept } = memory;
        const store: SettlementStore = {
          files: later(kept.files),
          add: later(kept.add),
          unsettled: later(kept.unsettled),
          // One by one, as a store may that moves only so many at once.
          claim: async (number, entries) => {
            for (const entry of entries) {
              await claimOne(number, [entry]);
            }
          },
          seal: later(kept.seal),
          markWritten: later(kept.markWritten),
          entriesOf: later(kept.entriesOf),
        };
        const claimOne = later(kept.claim);
        let ids = 0;
        const api = createSimulatorApi({
          psps: {
            simulator: { ...memory, store: { ...memory.store, write: later(memory.store.write) } },
            'simulator-b': memorySimulator(),
          },
          sendNotice: async () => {},
          newId: () => String(++ids),
          now,
          delay: async () => {},
          stallMs: 0,
        });
        const charged: string[] = [];
        const charge = async (index: number) => {
          const operation_id = `op-${index}`;
          charged.push(operation_id);
          const body = JSON.stringify({
            operation_id,
            reference: `pay-${index}`,
            amount: 10_000,
            currency: 'EUR',
            payment_method: 'tok_approve',
            capture: true,
          });
          await api({ method: 'POST', path: '/charges', query: {}, body });
        };
        const run = settle({ psp: 'simulator', store, files: { put: later(files.put) }, now });
        const answers: { operation: number; file: string; csv: string | null }[] = [];
        await scheduler.waitFor(
          Promise.allSettled(
            doings.map(async (what, index) => {
              if (what.kind === 'charge') {
                return charge(index);
              }
              if (what.kind === 'pass') {
                await scheduler.schedule(Promise.resolve());
                nowMs += abandonmentMs;
                return undefined;
              }
              const { operation } = what;
              const file = (await run({ operation_id: `file-${operation}` }))?.file ?? '';
              answers.push({ operation, file, csv: await files.get(file) });
            }),
          ),
        );

        nowMs += abandonmentMs;
        await settle({ psp: 'simulator', store: kept, files, now })({ operation_id: 'last' });
        const listed = await files.list('simulator/');
        const lines = await Promise.all(
          listed.map(async ({ key }) => parse((await files.get(key)) ?? '', { columns: true })),
        );
        const settled = lines.flat().map((line) => (line as { operation_id: string }).operation_id);
        expect(settled.toSorted()).toEqual(charged.toSorted());
        const known = await kept.files();
        expect(listed).toHaveLength(known.length);
        for (const { operation, file, csv } of answers) {
          // What an answer names is of this operation alone, and final.
          const number = known.find(
            ({ asked }) => asked.operation_id === `file-${operation}`,
          )?.number;
          expect(file).toBe(`simulator/2026-01-01-${String(number).padStart(6, '0')}.csv`);
          expect(await files.get(file)).toBe(csv);
        }
        expect(new Set(known.map(({ asked }) => asked.operation_id)).size).toBe(known.length);
      },
    ),
    { numRuns: 1_000 },
  );
});
