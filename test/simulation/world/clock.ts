import { dueOf } from '../../../shared/domain/payment/recovery/sweep.ts';
import { payoutDueOf } from '../../../shared/domain/payout/sweep.ts';
import type { Schedule } from '../aws/schedule.ts';
import type { Core } from '../kernel/process.ts';
import type { MovingWorld } from './world.ts';

const minuteMs = 60_000;
/** As often as the stages have the sweepers run. */
const sweepEveryMs = minuteMs;
/** As often as the stages have what was never published looked for. */
const republishEveryMs = 60 * minuteMs;
/** Events that are younger are left to the relay. */
const onTheWayMs = 10 * minuteMs;
/** So often it is tried to publish what the list has not, before it is left to the invariants. */
const republishes = 12;
/** A sweeper whose clock is behind finds nothing due at the very moment. */
const clockMarginMs = 10_000;

/** What runs by the clock. */
export interface Clock {
  /** Something was written: a sweeper may have to look. */
  readonly wrote: () => void;
}

/**
 * Runs the sweepers by the clock. One that finds nothing to do changes nothing, so its runs are left out
 * until there is something: the world goes on for weeks in a few steps, and a run comes to its end.
 */
export function startClock(core: Core, world: MovingWorld): Clock {
  const sweep = sweepers(core, world);
  const republish = republisher(core, world);
  return {
    wrote: () => {
      sweep();
      republish();
    },
  };
}

/** Has something done at the earliest of the times that it is asked for, and then at the next. */
function alarm({ kernel }: Core, name: string, act: () => void): (atMs: number) => void {
  let setMs: number | null = null;
  return (atMs) => {
    if (setMs === null || atMs < setMs) {
      setMs = atMs;
      kernel.after(atMs - kernel.now(), `${name} at ${atMs}`, () => {
        const isNext = setMs === atMs;
        if (isNext) {
          setMs = null;
          act();
        }
        return isNext;
      });
    }
  };
}

function sweepers(core: Core, world: MovingWorld): () => void {
  const { kernel } = core;
  const schedules = [...world.schedules]
    .filter(([name]) => name.startsWith('sweep-'))
    .map(([, schedule]) => schedule);
  const setFor = alarm(core, 'sweepers', () => {
    for (const schedule of schedules) {
      schedule.run(() => {
        const dueMs = nextDueMs(world);
        if (dueMs !== null) {
          const fromNow = dueMs - world.epochMs + clockMarginMs;
          setFor(Math.max(kernel.now() + sweepEveryMs, fromNow));
        }
      });
    }
  });
  return () => setFor(kernel.now() + sweepEveryMs);
}

/** When a sweeper has something to do, in ms of the real calendar; null for never. */
function nextDueMs({ stores }: MovingWorld): number | null {
  const dues = [
    ...[...stores.payments.states.values()].map(dueOf),
    ...[...stores.payouts.states.values()].map(payoutDueOf),
  ];
  const times = dues.flatMap((due) => (due ? [Date.parse(due.at)] : []));
  return times.length === 0 ? null : Math.min(...times);
}

function republisher(core: Core, world: MovingWorld): () => void {
  const { kernel } = core;
  const schedule = world.schedules.get('republish') as Schedule;
  let wroteMs = 0;
  let tried = 0;
  const setFor = alarm(core, 'republish', () => {
    const ranMs = kernel.now();
    schedule.run(async () => {
      const tooYoung = wroteMs > ranMs - onTheWayMs;
      if (tooYoung || (tried < republishes && (await isBehind(world)))) {
        tried += tooYoung ? 0 : 1;
        setFor(kernel.now() + republishEveryMs);
      }
    });
  });
  return () => {
    wroteMs = kernel.now();
    tried = 0;
    setFor(wroteMs + republishEveryMs);
  };
}

/** True while the list lacks an event of a payment. */
async function isBehind({ stores }: MovingWorld): Promise<boolean> {
  const payments = [...stores.payments.states.values()];
  const taken = await stores.list.taken(payments);
  return payments.some(({ id, version }) => (taken.get(id)?.upTo ?? 0) < version);
}
