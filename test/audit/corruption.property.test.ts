import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditLedger } from '../../shared/domain/audit/audit.ts';
import type { Difference } from '../../shared/domain/audit/report.ts';
import { bookCorruptions } from './corruptions/books.ts';
import type { Corruption } from './corruptions/corruption.ts';
import { paymentCorruptions } from './corruptions/payments.ts';
import { transferCorruptions } from './corruptions/transfers.ts';
import {
  auditedWorld,
  happenings,
  historyArbitrary,
  longAfter,
  neverOutOfTime,
} from './world/history.ts';
import { type Snapshot, snapshotOf, sourcesOf } from './world/snapshot.ts';

function matches(difference: Difference, expected: Partial<Difference>): boolean {
  return Object.entries(expected).every(
    ([name, value]) => difference[name as keyof Difference] === value,
  );
}

const histories = 80;

describe('the audit of a ledger that was tampered with', () => {
  const snapshots: Snapshot[] = [];
  beforeAll(async () => {
    for (const history of fc.sample(historyArbitrary, { numRuns: histories, seed: 12 })) {
      const world = auditedWorld();
      for (const happen of happenings(world, history)) {
        await happen();
      }
      await world.foldAll();
      snapshots.push(await snapshotOf(world.sources));
    }
  });

  const cases = Object.entries<Corruption>({
    ...transferCorruptions,
    ...bookCorruptions,
    ...paymentCorruptions,
  });
  it.each(cases)('finds %s, and nothing but what follows from it', async (_, corrupt) => {
    let corrupted = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(histories - 1), fc.nat(), async (index, pick) => {
        const done = corrupt(snapshots[index] as Snapshot, pick);
        if (!done) {
          return;
        }
        corrupted += 1;
        const { found } = await auditLedger(sourcesOf(done.snapshot), {
          started: longAfter,
          isOutOfTime: neverOutOfTime,
        });
        expect(found.count()).toBeGreaterThan(0);
        const missed = done.must.filter(
          (expected) => !found.listed.some((difference) => matches(difference, expected)),
        );
        expect({ missed, of: missed.length > 0 ? found.listed : [] }).toEqual({
          missed: [],
          of: [],
        });
        expect(found.listed.filter((difference) => !done.may(difference))).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(corrupted).toBeGreaterThan(20);
  });
});
