import { AsyncLocalStorage } from 'node:async_hooks';
import type * as fc from 'fast-check';

/** When something that outlives its task comes to its end. */
export type Lateness = 'no' | 'soon' | 'much later';

class Timeout extends Error {
  override readonly name = 'States.Timeout';
}

/**
 * Lets some effects outlive the task that they are of: the task ends by its time limit, and goes on
 * beside the next one when the effect has come to its end. `much later` is when it is woken.
 */
export function latecomers(plan: Iterator<Lateness>, scheduler: fc.Scheduler) {
  const tasks = new AsyncLocalStorage<(error: Error) => void>();
  let waiting: (() => void)[] = [];

  async function beLate(): Promise<void> {
    const timeOut = tasks.getStore();
    const late = timeOut ? plan.next().value : 'no';
    if (late === 'soon' || late === 'much later') {
      timeOut?.(new Timeout('too late'));
      await (late === 'soon'
        ? scheduler.schedule(Promise.resolve(), 'late')
        : new Promise<void>((resolve) => waiting.push(resolve)));
    }
  }

  return {
    task:
      <Command>(task: (command: Command) => Promise<void>) =>
      (command: Command): Promise<void> => {
        const { promise, reject } = Promise.withResolvers<never>();
        promise.catch(() => undefined);
        return Promise.race([tasks.run(reject, () => task(command)), promise]);
      },
    /** Of a call the answer is late: it has arrived, and is heard too late. */
    call:
      <Request, Answer>(call: (request: Request) => Promise<Answer>) =>
      async (request: Request): Promise<Answer> => {
        const answer = await call(request);
        await beLate();
        return answer;
      },
    /** A write is late itself. */
    write:
      <Request, Answer>(write: (request: Request) => Promise<Answer>) =>
      async (request: Request): Promise<Answer> => {
        await beLate();
        return write(request);
      },
    /** Lets those go on that are much too late. */
    wake: (): void => {
      const late = waiting;
      waiting = [];
      for (const resolve of late) {
        resolve();
      }
    },
  };
}

/** Calls that arrive when so much time has gone by. */
export function slowPost(takesMs: number) {
  let under: { leftMs: number; readonly arrive: () => void }[] = [];
  return {
    send: (arrive: () => void): void => {
      under.push({ leftMs: takesMs, arrive });
    },
    passed: (ms: number): void => {
      for (const call of under) {
        call.leftMs -= ms;
      }
      const here = under.filter(({ leftMs }) => leftMs <= 0);
      under = under.filter(({ leftMs }) => leftMs > 0);
      for (const { arrive } of here) {
        arrive();
      }
    },
  };
}
