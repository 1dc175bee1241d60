import { setImmediate } from 'node:timers/promises';
import { keptGenerations } from '../../../shared/adapters/kept-generations.ts';
import { memoryPaymentStore } from '../../../shared/adapters/memory/payments/payment-store.ts';
import { memoryProjectionControls } from '../../../shared/adapters/memory/projections/controls.ts';
import type { PaymentEvent } from '../../../shared/contracts/events/payment-events.ts';
import { operationId, transferId } from '../../../shared/domain/ids.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import type { ProjectionName } from '../../../shared/domain/projection/names.ts';
import type { ProjectionRows } from '../../../shared/ports/projections/projections.ts';
import { abandonRebuild } from '../../../shared/runtime/projections/abandon.ts';
import { rebuild } from '../../../shared/runtime/projections/rebuild.ts';
import { anAcceptedPayment, countingStamps } from '../payments/payments.ts';

const maxPayments = 6;
const maxVersion = 4;
const invocationMs = 10_000;

/** A wall clock is never further on than this: then it is set back. */
const wallBackMs = 4_000;

/** A process was killed where it was. */
export class Killed extends Error {}

/** An event that a projector has in hand: it has read the generations, and writes one after the other. */
interface UnderWay {
  readonly event: PaymentEvent;
  readonly process: number;
  readonly generations: number[];
  readonly untilMs: number;
}

/**
 * Payments, their events, projectors and readers that go on while somebody rebuilds a projection, in virtual
 * time. What happens next is read from a tape; at its end nothing happens by itself any more.
 *
 * Each projector and each reader is a process of its own: it goes by the generations that it has read up
 * to five seconds ago. The even ones have a wall clock that is set back again and again; the odd ones are
 * frozen whenever they have nothing in hand, and their monotonic clock with them. An event comes in any order and more than once; an invocation that takes longer than
 * it may is ended where it is, and its event comes again.
 */
export function movingWorld(
  name: ProjectionName,
  rows: ProjectionRows,
  tape: number[],
  { onRead }: { readonly onRead?: (reader: number, generation: number) => Promise<void> } = {},
) {
  let nowMs = 0;
  const draw = (count: number) => (tape.shift() ?? 0) % count;
  const store = memoryPaymentStore();
  const controls = memoryProjectionControls();
  const nextStamp = countingStamps();
  const payments: Payment[] = [];
  const pending: PaymentEvent[] = [];
  let underWay: UnderWay[] = [];
  const processes = Array.from({ length: 4 }, (_, index) => ({
    freezes: index % 2 === 1,
    awakeMs: 0,
  }));
  const readers = processes.map((process) =>
    keptGenerations(controls, {
      wallMs: () => (process.freezes ? nowMs : nowMs % wallBackMs),
      monotonicMs: () => process.awakeMs,
    }),
  );
  const generationsOf = (process: number) => (readers[process] as (typeof readers)[number])(name);

  const tick = (ms: number) => {
    nowMs += ms;
    for (const [index, process] of processes.entries()) {
      const isFrozen = process.freezes && underWay.every((one) => one.process !== index);
      process.awakeMs += isFrozen ? 0 : ms;
    }
    const dead = underWay.filter(({ untilMs }) => untilMs <= nowMs);
    pending.push(...dead.map(({ event }) => event));
    underWay = underWay.filter(({ untilMs }) => untilMs > nowMs);
  };
  const accept = async () => {
    if (payments.length < maxPayments) {
      const change = anAcceptedPayment(nextStamp, {}, { key: `key-${payments.length}` });
      // Others come in between while it is written.
      payments.push(change.after);
      await store.accept(change);
      pending.push(change.event);
    }
  };
  const change = async (index: number) => {
    const payment = payments[index];
    if (payment && payment.version < maxVersion) {
      const changed = changePayment(payment, factOf(payment), nextStamp());
      if ((await store.append(changed)) === 'written') {
        payments[index] = changed.after;
        pending.push(changed.event);
      }
    }
  };
  const receive = async (index: number, isTwice: boolean, process: number) => {
    const [event] = pending.splice(index, 1);
    if (event) {
      pending.push(...(isTwice ? [event] : []));
      // From before it reads them.
      const untilMs = nowMs + invocationMs;
      const { live, beside } = await generationsOf(process);
      const generations = [live, ...beside].sort((a, b) => b - a);
      underWay.push({ event, process, generations, untilMs });
    }
  };
  const write = async (index: number) => {
    const one = underWay[index];
    const generation = one?.generations.shift();
    if (one && generation !== undefined) {
      await rows.project(one.event, generation);
      underWay = one.generations.length === 0 ? underWay.filter((each) => each !== one) : underWay;
    }
  };
  const read = async (reader: number) => {
    const { live } = await generationsOf(2 + reader);
    await onRead?.(reader, live);
  };
  const happen = async () => {
    switch (draw(9)) {
      case 1:
        return accept();
      case 2:
        return change(draw(maxPayments));
      case 3:
      case 4:
        return receive(draw(Math.max(1, pending.length)), draw(4) === 0, draw(2));
      case 5:
      case 6:
        return write(draw(Math.max(1, underWay.length)));
      case 7:
        return read(draw(2));
      case 8:
        return tick(draw(3_000));
    }
  };
  /**
   * What somebody works by who can be killed before and after each call, while the world goes on. Who
   * writes long after they looked is killed, too: it would leave rows in what is gone, which nobody reads.
   */
  const aProcess = () => {
    let isDead = false;
    let lookedMs = nowMs;
    const dieIf = (isHit: boolean) => {
      isDead ||= isHit;
      if (isDead) {
        throw new Killed();
      }
    };
    const mortal =
      <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
      async (...args: Args): Promise<Answer> => {
        await happen();
        dieIf(draw(40) === 39);
        const answer = await call(...args);
        dieIf(draw(40) === 39);
        await happen();
        return answer;
      };
    return {
      controls: {
        read: mortal(async (of: ProjectionName) => {
          lookedMs = nowMs;
          return controls.read(of);
        }),
        write: mortal(controls.write),
      },
      rows: {
        ...rows,
        project: mortal(async (event: PaymentEvent, generation: number) => {
          dieIf(nowMs > lookedMs + invocationMs);
          return rows.project(event, generation);
        }),
        clear: mortal(rows.clear),
      },
      scan: mortal(store.scan),
      events: mortal(store.events),
      pause: async (ms: number) => {
        const untilMs = nowMs + ms;
        while (nowMs < untilMs) {
          await happen();
          if (tape.length > 0) {
            tick(ms / 8);
          } else {
            // Time goes on when nobody has anything to do but to wait.
            await setImmediate();
            tick(Math.max(0, untilMs - nowMs));
          }
        }
      },
      act: () => ({ at: nextStamp().time, by: 'ann' }),
      tell: () => {},
    };
  };
  return {
    store,
    controls,
    happen,
    /** Rebuilds, again and again until it comes to its end; now and then it is given up first. */
    rebuild: async () => {
      for (;;) {
        const deps = aProcess();
        try {
          if (draw(8) === 7) {
            await abandonRebuild(deps, name);
          }
          return await rebuild(deps, name);
        } catch (error) {
          const isGivenUp = (error as Error).message.includes('given up');
          if (!(error instanceof Killed) && !isGivenUp) {
            throw error;
          }
        }
      }
    },
    /** Lets everything come where it has to. */
    comeToRest: async () => {
      tape.length = 0;
      tick(2 * invocationMs);
      while (pending.length > 0) {
        await receive(0, false, 0);
        while (underWay.length > 0) {
          await write(0);
        }
      }
    },
  };
}

function factOf({ id, version }: Payment) {
  return version === 1
    ? ({
        type: 'payment.reserved',
        facts: {
          transfer_id: transferId(id, 'authorized'),
          amount: 10_000,
          execution: 'e1',
          provider: 'psp',
        },
      } as const)
    : ({
        type: 'payment.provider_busy',
        facts: { operation_id: operationId(id, 'charge'), provider: 'psp', reason: '429' },
      } as const);
}

/** The rows that events make, one after the other and each once. */
export async function rowsOf(rows: ProjectionRows, generation: number): Promise<string[]> {
  const all: string[] = [];
  for await (const { key, value } of rows.rows(generation)) {
    all.push(`${key} ${value}`);
  }
  return all.sort();
}
