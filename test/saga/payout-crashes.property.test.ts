import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takePayout } from '../../functions/payments/take-notice/payout.ts';
import { memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payout-store.ts';
import { foldPayout } from '../../shared/domain/payout/fold.ts';
import { type Payout, renderPayout } from '../../shared/domain/payout/state.ts';
import { payoutSaga } from '../../shared/domain/saga/payout-saga.ts';
import type { OrderOutcome, TransferOrder } from '../../shared/ports/payouts/bank.ts';
import type { PayoutStore } from '../../shared/ports/payouts/payouts.ts';
import { Poison } from '../../shared/runtime/consumers/queue-consumer.ts';
import { payoutTasks } from '../lifecycle/payout-tasks.ts';
import { countingStamps } from '../support/payments.ts';
import { aPayoutNotice, aRequestedPayout, madeAvailable } from '../support/payouts.ts';
import { crashing, crashPlans } from '../support/sagas/crashing.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';

const amountMinor = 9_710;

/**
 * What the bank does with a call: `lost` is an answer that does not come, of an order that arrived or
 * of one that did not.
 */
type Call = 'take' | 'take lost' | 'decline' | 'busy' | 'lost';

/** What becomes of an order that the bank took, and how often its notice comes. */
interface Fate {
  readonly end: 'payout.paid' | 'payout.failed' | 'none';
  readonly notices: number;
}

/** A bank that keeps to its first answer for an order, counts what it did, and tells of it at once. */
function countingBank(calls: readonly Call[], tell: (order: TransferOrder) => void) {
  const effects = new Map<string, number>();
  const declined = new Set<string>();
  let count = 0;
  const send = async (order: TransferOrder): Promise<OrderOutcome> => {
    const call = calls[count++] ?? 'take';
    const id = order.operationId;
    // What stands before a bank may throttle a repeated order as well, or lose its answer.
    if (call === 'busy') {
      return { kind: 'busy', reason: '429' };
    }
    if (call === 'lost') {
      return { kind: 'unknown', reason: 'no answer' };
    }
    if (declined.has(id) || (call === 'decline' && !effects.has(id))) {
      declined.add(id);
      return { kind: 'declined', code: 'account_closed', message: 'No.' };
    }
    if (!effects.has(id)) {
      effects.set(id, 1);
      tell(order);
    }
    return call === 'take lost'
      ? { kind: 'unknown', reason: 'no answer' }
      : { kind: 'accepted', bankReference: 'bt_1' };
  };
  return { send, effects };
}

const anyCalls = fc.array(
  fc.constantFrom<Call>('take', 'take', 'take lost', 'decline', 'lost', 'busy', 'busy', 'busy'),
  { minLength: 1, maxLength: 16 },
);
/** The way back is the rarer one: let it be taken often, and the bank take a later order. */
const calls = fc.oneof(
  anyCalls,
  anyCalls.map((rest) => [...Array<'busy'>(4).fill('busy'), ...rest]),
);
const fate = fc.record({
  end: fc.constantFrom<Fate['end']>('payout.paid', 'payout.failed', 'none'),
  notices: fc.integer({ min: 1, max: 3 }),
});
const plans = fc.record({
  faults: crashPlans,
  calls,
  fates: fc.array(fate, { minLength: 1, maxLength: 3 }),
  executions: fc.integer({ min: 1, max: 3 }),
  lostAfter: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  /** How many of the payouts can be paid out of what there is. */
  affordable: fc.integer({ min: 0, max: 3 }),
});

describe('the payout saga under crashes', () => {
  it('keeps each cent in one place, wherever a task dies and however notices come', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.scheduler(), async (plan, scheduler) => {
        const ledger = memoryLedger();
        const fundedMinor = plan.affordable * amountMinor + 1;
        ledger.write([madeAvailable(fundedMinor)]);
        const memory = memoryPayoutStore(ledger);
        const nextStamp = countingStamps();
        const crashes = plan.faults[Symbol.iterator]() as Iterator<'before' | 'after' | 'none'>;
        const availableMinor = async () =>
          Number((await ledger.readLimited('acme', 'EUR', 'merchant_available')).availableMinor);
        let leastAvailable = fundedMinor;
        const store: PayoutStore = {
          ...memory,
          load: scheduler.scheduleFunction(crashing(crashes, memory.load)),
          append: scheduler.scheduleFunction(
            crashing(crashes, async (change) => {
              const answer = await memory.append(change);
              leastAvailable = Math.min(leastAvailable, await availableMinor());
              return answer;
            }),
          ),
        };
        const payouts = await Promise.all(
          plan.fates.map(async (ahead, index) => {
            const requested = aRequestedPayout(nextStamp, {}, { key: `key-${index}` });
            await memory.accept(requested);
            return { id: requested.after.id, ahead };
          }),
        );

        const deliveries: Promise<void>[] = [];
        const contradictions: string[] = [];
        const take = takePayout({ ...store, nextStamp });
        /** As the queue does: again, until it is taken or can never be right. */
        const deliver = async (notice: Parameters<typeof take>[0]): Promise<void> => {
          try {
            await take(notice);
          } catch (error) {
            if (error instanceof Poison) {
              contradictions.push(error.message);
              return;
            }
            await deliver(notice);
          }
        };
        let sentWhileUnknown = 0;
        const bank = countingBank(plan.calls, ({ reference }) => {
          const { end, notices } = payouts.find(({ id }) => id === reference)?.ahead ?? {
            end: 'none',
            notices: 0,
          };
          for (let time = 0; end !== 'none' && time < notices; time++) {
            deliveries.push(deliver(aPayoutNotice(end, reference)));
          }
        });
        const tasks = payoutTasks({
          store,
          nextStamp,
          send: scheduler.scheduleFunction(
            crashing(crashes, async (order: TransferOrder) => {
              sentWhileUnknown += (await memory.load(order.reference))?.unknown ? 1 : 0;
              return bank.send(order);
            }),
          ),
        });
        const run = async (paymentId: string, index: number) => {
          const of = { paymentId, execution: `e${index}` };
          if (index === 0 && plan.lostAfter !== undefined) {
            const lost = await runSaga(payoutSaga, tasks, { ...of, lostAfter: plan.lostAfter });
            if (lost.result !== 'lost') {
              return lost;
            }
          }
          return runSaga(payoutSaga, tasks, of);
        };
        const runs = await scheduler.waitFor(
          (async () => {
            const ended = await Promise.all(
              payouts.map(({ id }) =>
                Promise.all(Array.from({ length: plan.executions }, (_, index) => run(id, index))),
              ),
            );
            await Promise.all(deliveries);
            return ended;
          })(),
        );

        expect(contradictions).toEqual([]);
        expect(sentWhileUnknown).toBe(0);
        expect(leastAvailable).toBeGreaterThanOrEqual(0);
        let goneMinor = 0;
        for (const [index, { id, ahead }] of payouts.entries()) {
          const payout = (await memory.load(id)) as Payout;
          const events = await memory.events(id);
          expect(foldPayout(events)).toEqual(payout);
          expect(renderPayout(payout)).toEqual(events.at(-1)?.data.payout);
          expect(events.map(({ sequence }) => sequence)).toEqual(
            events.map((_, position) => position + 1),
          );

          const postings = ledger
            .transfers()
            .filter(({ operationId }) => operationId === id)
            .map(({ posting }) => posting);
          const place = placeOf(payout);
          expect(postings).toEqual(postingsTo[place]);
          const isGone = place === 'in transit' || place === 'bank';
          goneMinor += isGone ? amountMinor : 0;

          const hasOrder = bank.effects.has(id);
          const isTold = hasOrder && ahead.end !== 'none';
          if (isTold) {
            expect(payout.status).toBe(ahead.end === 'payout.paid' ? 'paid' : 'failed');
          }
          // Nothing is given back that the bank has, until it says that it sent it back.
          expect(isGone || !isTold || ahead.end === 'payout.failed').toBe(true);
          expect(isGone || !hasOrder || isTold).toBe(true);
          // What is said to be at the bank is there.
          expect(hasOrder || !['in_transit', 'paid'].includes(payout.status)).toBe(true);
          // Not finished: then it is on record as unknown, or an execution failed with an alarm.
          if (payout.status === 'processing') {
            const halted = runs[index]?.every(({ result }) => result !== 'succeeded');
            expect(payout.unknown || halted).toBe(true);
          }
        }
        for (const count of bank.effects.values()) {
          expect(count).toBe(1);
        }
        expect(await availableMinor()).toBe(fundedMinor - goneMinor);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Where the amount of a payout is. */
function placeOf({ reservation }: Payout): keyof typeof postingsTo {
  switch (reservation) {
    case 'held':
      return 'in transit';
    case 'paid':
      return 'bank';
    case 'returned':
      return 'back';
    case null:
      return 'available';
  }
}

/** The postings that bring an amount there, in their order. */
const postingsTo = {
  available: [],
  'in transit': ['payout'],
  bank: ['payout', 'payout_paid'],
  back: ['payout', 'payout_returned'],
} as const;
