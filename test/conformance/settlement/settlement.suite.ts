import { afterAll, beforeAll, describe } from 'vitest';
import type { SettlementAdapters } from '../../support/settlement/world.ts';
import { breaksConform } from './breaks.suite.ts';
import { runsConform } from './runs.suite.ts';
import { storeConforms } from './store.suite.ts';

/** What every adapter of the reconciliation's ports has to do. */
export function settlementConformance(
  kind: string,
  open: () => Promise<SettlementAdapters & { readonly close: () => Promise<void> }>,
): void {
  describe(`the records of reconciliation on ${kind}`, () => {
    let adapters: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      adapters = await open();
    });
    afterAll(() => adapters.close());

    describe('of lines', () => storeConforms(() => adapters));
    describe('breaks', () => breaksConform(() => adapters));
    describe('runs', () => runsConform(() => adapters));
  });
}
