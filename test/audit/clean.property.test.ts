import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditLedger } from '../../shared/domain/audit/audit.ts';
import {
  auditedWorld,
  happenings,
  historyArbitrary,
  longAfter,
  neverOutOfTime,
} from './world/history.ts';

describe('the audit of a ledger at rest', () => {
  it('is clean after anything that the pipeline does', async () => {
    const seen = { payments: 0, payouts: 0, conversions: 0, settled: 0 };
    await fc.assert(
      fc.asyncProperty(historyArbitrary, async (history) => {
        const world = auditedWorld();
        for (const happen of happenings(world, history)) {
          await happen();
        }
        await world.foldAll();
        const { found, checked, notYetFolded } = await auditLedger(world.sources, {
          started: longAfter,
          isOutOfTime: neverOutOfTime,
        });
        expect(found.listed).toEqual([]);
        expect(notYetFolded).toBe(0);
        expect(checked.transfers).toBe(world.ledger.transfers().length);
        expect(checked.payments).toBe(world.paymentIds.length);
        expect(checked.payouts).toBe(world.payoutIds.length);
        seen.payments += checked.payments;
        seen.payouts += checked.payouts;
        seen.conversions += checked.conversions;
        seen.settled += world.ledger.transfers().filter((t) => t.posting === 'settled').length;
      }),
      { numRuns: 500 },
    );
    // Histories without these would show nothing.
    expect(Object.values(seen).every((count) => count > 50)).toBe(true);
  }, 300_000);
});
