import { conclusionBy } from '../../domain/payout/bank/conclude.ts';
import { changePayout } from '../../domain/payout/change.ts';
import { factOfWord, isDone, type PayoutWord, WordRefused } from '../../domain/payout/parked.ts';
import type { Payout } from '../../domain/payout/state.ts';
import { type AdvancePayoutDependencies, updatePayout } from './advance-payout.ts';
import { settlePayout } from './settle-payout.ts';

/**
 * Takes a person's word on a parked payout:
 * 1. it must fit what is on record; the same word twice is once, and another one is refused
 * 2. write it, with who said it and why
 * 3. what was unknown is known by it: write what it comes to, as if the bank had said it, and let the
 *    saga go on where that is not the end. A call that dies before this is made good by the same
 *    word again
 * 4. the bank may have said otherwise meanwhile, which counts: say so
 *
 * @returns the payout with the word in it
 * @throws WordRefused when it does not fit what is on record
 */
export function resolveParkedPayout(deps: AdvancePayoutDependencies) {
  return async (payoutId: string, word: PayoutWord): Promise<Payout> => {
    const payout = await updatePayout(
      deps,
      async (load) => {
        const stored = await load(payoutId);
        if (!stored) {
          throw new WordRefused('not_found');
        }
        return stored;
      },
      (stored, stamp) => {
        const fact = factOfWord(stored, word);
        return fact && changePayout(stored, fact, stamp);
      },
    );
    const resolution = payout.parked?.resolution ?? null;
    const settled = resolution
      ? await settlePayout(deps, payoutId, conclusionBy(resolution))
      : payout;
    if (!isDone(settled, word)) {
      throw new WordRefused('resolved_otherwise');
    }
    return settled;
  };
}
