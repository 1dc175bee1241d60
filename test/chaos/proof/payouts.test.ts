import { expect, it } from 'vitest';
import type { StoredPayout } from '../../../shared/ports/audit.ts';
import { aPayout, type PayoutFactName } from '../../support/payouts.ts';
import { judge } from './invariants.ts';
import { exchange, psp, soundEvidence } from './testing/sound.ts';

const exchanges = [...soundEvidence().exchanges, { ...exchange, route: '/payouts' }];

async function storedAfter(...names: readonly PayoutFactName[]): Promise<StoredPayout> {
  const { id, store, write, load } = await aPayout();
  await write(...names);
  // Their clock is not that of the payment beside them: the ids have to differ all the same.
  const events = (await store.events(id)).map((event) => ({
    ...event,
    id: event.id.replace('-8000-', '-9000-'),
  }));
  return { kind: 'payout', id, events, state: await load(), snapshots: [], unreadable: null };
}

/** The numbers of the invariants that do not hold with this payout beside the sound payment. */
function broken(payout: StoredPayout, effects = 1): number[] {
  const sound = soundEvidence();
  const done = Array.from({ length: effects }, () => ({
    operationId: payout.id,
    operation: 'payout' as const,
    amountMinor: 9_710,
  }));
  const evidence = soundEvidence({
    exchanges,
    payouts: [payout],
    psps: [{ ...psp, effects: [...psp.effects, ...done] }, ...sound.psps.slice(1)],
    published: new Map([...sound.published, ...payout.events.map(({ id }) => [id, 1] as const)]),
  });
  return judge(evidence)
    .filter(({ violations }) => violations.length > 0)
    .map(({ number }) => number);
}

it('a payout that arrives keeps them all', async () => {
  expect(broken(await storedAfter('reserved', 'sending', 'sent', 'paid'))).toEqual([]);
});

it('two orders of one payout break 3', async () => {
  expect(broken(await storedAfter('reserved', 'sending', 'sent'), 2)).toEqual([3]);
});

it('a payout that nobody ends breaks 8, unless it waits for a person', async () => {
  expect(broken(await storedAfter('reserved', 'sending'))).toEqual([8]);
  expect(broken(await storedAfter('reserved', 'sending', 'unknown', 'parked'))).toEqual([]);
});

it('a payout that is given back while nobody knows breaks 9, and not once it is known', async () => {
  const known = await storedAfter('reserved', 'sending', 'unknown', 'declined', 'returned');
  expect(broken(known, 0)).not.toContain(9);
  const events = known.events.filter(({ type }) => type !== 'payout.declined');
  expect(broken({ ...known, events }, 0)).toContain(9);
});
