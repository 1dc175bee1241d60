import type * as fc from 'fast-check';
import { takePayout } from '../../functions/payments/take-notice/payout.ts';
import { inquirePayout } from '../../functions/payouts/inquire/inquire.ts';
import { sweepPayouts } from '../../functions/payouts/sweep/sweep.ts';
import { memoryLedger } from '../../shared/adapters/memory/ledger.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payments/payout-store.ts';
import type { PayoutEvent } from '../../shared/contracts/events/payout-events.ts';
import type { PayoutNotice } from '../../shared/domain/payout/bank/notice.ts';
import type { Payout } from '../../shared/domain/payout/state.ts';
import { isLast } from '../../shared/domain/saga/inquiry.ts';
import { payoutSaga } from '../../shared/domain/saga/payout-saga.ts';
import type { TransferOrder } from '../../shared/ports/payouts/bank.ts';
import type { PayoutStore } from '../../shared/ports/payouts/payouts.ts';
import { Poison } from '../../shared/runtime/consumers/queue-consumer.ts';
import { resolveParkedPayout } from '../../shared/runtime/payout/parked-payouts.ts';
import { payoutTasks } from '../lifecycle/payout-tasks.ts';
import { countingStamps } from '../support/payments/payments.ts';
import { aPayoutNotice, aRequestedPayout, madeAvailable } from '../support/payouts.ts';
import { crashing, type Fault } from '../support/sagas/crashing.ts';
import { runSaga } from '../support/sagas/saga-runner.ts';
import { type Asked, type Call, lyingBank } from './payout-bank.ts';

export const amountMinor = 9_710;

const hourMs = 60 * 60 * 1_000;
const stepsOfLateOrder = 6;
const late = '2030-01-01T00:00:00.000Z';
const schedule = { waitsMs: [1_000, 10_000, 100_000], settleWindowMs: 50_000 };

/** What becomes of an order that the bank took, and how often its notice comes. */
export interface Fate {
  readonly end: 'payout.paid' | 'payout.failed' | 'none';
  readonly notices: number;
}

/** What happens to some payouts of one tenant. */
export interface Plan {
  readonly faults: readonly Fault[];
  readonly calls: readonly Call[];
  readonly inquiries: readonly Asked[];
  readonly fates: readonly Fate[];
  /** How many executions each start of the saga makes: EXPRESS may make more than one. */
  readonly executions: number;
  /** The first of them is lost after so many calls, and starts anew. */
  readonly lostAfter: number | undefined;
  /** A sweeper that takes living sagas for dead: after so many steps of others, one after the other. */
  readonly sweeps: readonly number[];
  /** How many of the payouts can be paid out of what there is. */
  readonly affordable: number;
}

/**
 * Payouts in a store whose stream starts sagas and inquiries, with a sweeper, a bank that tells, and a
 * person who looks at the bank: all of them at once, each effect of theirs in the scheduler's order and
 * with its faults.
 */
export async function payoutWorld(plan: Plan, scheduler: fc.Scheduler) {
  const ledger = memoryLedger();
  const fundedMinor = plan.affordable * amountMinor + 1;
  ledger.write([madeAvailable(fundedMinor)]);
  const memory = memoryPayoutStore(ledger);
  const count = countingStamps();
  let skewMs = 0;
  const nextStamp = () => {
    const { eventId, time } = count();
    return { eventId, time: new Date(Date.parse(time) + skewMs).toISOString() };
  };
  const faults = plan.faults[Symbol.iterator]();
  const effect = <Args extends unknown[], Result>(run: (...args: Args) => Promise<Result>) =>
    scheduler.scheduleFunction(crashing(faults, run)) as (...args: Args) => Promise<Result>;
  /** Waits while others do something. */
  const steps = async (times: number): Promise<void> => {
    for (let step = 0; step < times; step++) {
      await scheduler.schedule(Promise.resolve());
    }
  };
  const availableMinor = async () =>
    Number((await ledger.readLimited('acme', 'EUR', 'merchant_available')).availableMinor);

  const underWay = new Set<Promise<unknown>>();
  /** What was started meanwhile, until nothing is under way. What fails has failed with an alarm. */
  const quiet = async () => {
    while (underWay.size > 0) {
      await Promise.all(underWay);
    }
  };
  const start = (process: Promise<unknown>): void => {
    const ended: Promise<unknown> = process
      .catch(() => undefined)
      .finally(() => underWay.delete(ended));
    underWay.add(ended);
  };

  const contradictions: string[] = [];
  /** Who wrote each event: an execution, or null for others. */
  const writers = new Map<string, string | null>();
  let leastAvailable = fundedMinor;
  const storeOf = (writer: string | null): PayoutStore => ({
    ...memory,
    load: effect(memory.load),
    append: effect(async (change) => {
      const answer = await memory.append(change);
      leastAvailable = Math.min(leastAvailable, await availableMinor());
      if (answer === 'written') {
        writers.set(change.event.id, writer);
        stream(change.event);
      }
      return answer;
    }),
  });
  const shared = { ...storeOf(null), nextStamp };

  const take = takePayout(shared);
  /** As the queue does: again, until it is taken or can never be right. */
  const deliver = async (notice: PayoutNotice): Promise<void> => {
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

  const fates = new Map<string, Fate>();
  /** What may still bring an order to the bank: each of it ends long before the settle window does. */
  const arriving = new Map<string, number>();
  const mayArrive = (id: string) => (arriving.get(id) ?? 0) > 0;
  const whileArriving = async (id: string, process: () => Promise<void>): Promise<void> => {
    arriving.set(id, (arriving.get(id) ?? 0) + 1);
    await process().finally(() => arriving.set(id, (arriving.get(id) ?? 0) - 1));
  };
  const tell = ({ reference }: TransferOrder): void => {
    const { end, notices } = fates.get(reference) ?? { end: 'none', notices: 0 };
    for (let time = 0; end !== 'none' && time < notices; time++) {
      start(deliver(aPayoutNotice(end, reference)));
    }
  };
  const later = ({ reference }: TransferOrder, arrive: () => void): void => {
    const arrives = async () => {
      await steps(stepsOfLateOrder);
      arrive();
    };
    start(whileArriving(reference, arrives));
  };
  const bank = lyingBank({ calls: plan.calls, inquiries: plan.inquiries, tell, later });

  const execute = async (id: string, execution: string, lostAfter?: number): Promise<void> => {
    const tasks = payoutTasks({ store: storeOf(execution), nextStamp, send: effect(bank.send) });
    const all: typeof tasks = {
      ...tasks,
      'send-payout': (command) => whileArriving(id, () => tasks['send-payout'](command)),
    };
    if (lostAfter !== undefined) {
      const { result } = await runSaga(payoutSaga, all, { paymentId: id, execution, lostAfter });
      if (result !== 'lost') {
        return;
      }
    }
    await runSaga(payoutSaga, all, { paymentId: id, execution });
  };
  const inquire = async (id: string, since: string): Promise<void> => {
    for (let asked = 0; !isLast(schedule, asked); asked++) {
      let looks = 0;
      const ask = inquirePayout({
        ...shared,
        schedule,
        bank: { name: 'bank', inquire: effect(bank.inquire) },
        // It looks at the clock before it asks. The settle window is over when nothing can arrive.
        nextStamp: () => {
          const stamp = nextStamp();
          return looks++ === 0 ? { ...stamp, time: mayArrive(id) ? since : late } : stamp;
        },
      });
      const ended = await ask({ payoutId: id, asked }).then(
        () => true,
        () => false,
      );
      if (ended) {
        return;
      }
    }
  };
  const startSaga = (id: string, name: string, lostAfter?: number): void => {
    for (let index = 0; index < plan.executions; index++) {
      start(execute(id, `${name} ${index}`, index === 0 ? lostAfter : undefined));
    }
  };
  const stream = ({ id, type, subject, time }: PayoutEvent): void => {
    if (type === 'payout.resumed') {
      startSaga(subject, id);
    }
    if (type === 'payout.outcome_unknown') {
      start(inquire(subject, time));
    }
  };
  const sweep = async (): Promise<void> => {
    skewMs += hourMs;
    const run = sweepPayouts({ ...shared, terms: { stuckAfterMs: hourMs / 2 } });
    await run().catch(() => undefined);
  };

  const ids: string[] = [];
  for (const [index, fate] of plan.fates.entries()) {
    const requested = aRequestedPayout(nextStamp, {}, { key: `key-${index}` });
    await memory.accept(requested);
    ids.push(requested.after.id);
    fates.set(requested.after.id, fate);
  }
  const stored = async (id: string) => (await memory.load(id)) as Payout;

  return {
    memory,
    ledger,
    bank,
    fundedMinor,
    fates,
    writers,
    contradictions,
    stored,
    availableMinor,
    leastAvailable: () => leastAvailable,
    ids: ids as readonly string[],
    /** Starts every saga, and sweepers beside them, until nothing is under way. */
    run: async (): Promise<void> => {
      for (const id of ids) {
        startSaga(id, id, plan.lostAfter);
      }
      for (const after of plan.sweeps) {
        await steps(after);
        await sweep();
      }
      await quiet();
    },
    /** Hours and days later: what sweepers do, and a person for what they parked. */
    settle: async (): Promise<void> => {
      skewMs += 30 * hourMs;
      await sweep();
      await quiet();
      const resolve = resolveParkedPayout(shared);
      for (const id of ids) {
        const { unknown, parked } = await stored(id);
        const took = bank.orders.has(id);
        const said = { by: 'ada', reason: 'seen at the bank' };
        if (parked && unknown) {
          const word = took
            ? ({ outcome: 'took_effect', bankReference: 'bt_1' } as const)
            : ({ outcome: 'no_effect', bankReference: null } as const);
          await resolve(id, { ...said, ...word }).catch(() => undefined);
        } else if (parked) {
          const word = { outcome: 'resume', bankReference: null } as const;
          await resolve(id, { ...said, ...word }).catch(() => undefined);
        }
      }
      await quiet();
    },
  };
}
