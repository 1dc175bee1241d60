import { startSagas } from '../../../functions/payments/start-saga/start-saga.ts';
import { sweepPayments } from '../../../functions/payments/sweep/sweep.ts';
import { inquire } from '../../../functions/providers/inquire/inquire.ts';
import {
  type MemoryPaymentStore,
  memoryPaymentStore,
} from '../../../shared/adapters/memory/payments/payment-store.ts';
import { type InquirySchedule, waitBefore } from '../../../shared/domain/saga/inquiry.ts';
import { type SagaName, sagas, startingEvents } from '../../../shared/domain/saga/sagas.ts';
import type { StartSaga } from '../../../shared/ports/messaging.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import type { Providers } from '../../../shared/ports/provider.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import { countingStamps } from '../payments/payments.ts';
import { chargeTerms } from './charge-terms.ts';
import { operationTasks, paymentTasks } from './pipeline.ts';
import { runSaga } from './saga-runner.ts';

/** An execution that the stream asks for. */
export type Execution = Parameters<StartSaga>[0];

/** How an execution ended. */
export interface Ended {
  readonly execution: Execution;
  readonly result: 'succeeded' | 'stopped' | 'failed' | 'lost';
}

export interface RunningStageOptions {
  readonly providers: Providers;
  readonly schedule: InquirySchedule;
  readonly stuckAfterMs: number;
  /** What the executions and the sweeper write and read with; the memory's own unless told otherwise. */
  readonly storeOf?: (memory: MemoryPaymentStore) => PaymentStore;
  /** After how many calls an execution is lost, as one that dies with its machine; never, for null. */
  readonly lostAfter?: (execution: Execution) => number | null;
  /** Is told of the time that goes by, in ms. */
  readonly passed?: (ms: number) => void;
  /** What stands around each task of a saga; nothing unless told otherwise. */
  readonly taskOf?: (task: Task) => Task;
}

type Task = (command: TaskCommand) => Promise<void>;

/**
 * A stage in one process: the stream starts the machines by the real use case, and each machine runs
 * the real tasks from its table. Names are as on STANDARD: a second execution of one is none. Waits take
 * no time but on the stage's own clock.
 */
export function runningStage({
  providers,
  schedule,
  stuckAfterMs,
  storeOf = (memory) => memory,
  lostAfter = () => null,
  taskOf = (task) => task,
  passed = () => undefined,
}: RunningStageOptions) {
  const memory = memoryPaymentStore();
  const store = storeOf(memory);
  const stamps = countingStamps();
  let skippedMs = 0;
  const nextStamp: NextStamp = () => {
    const { time, eventId } = stamps();
    return { eventId, time: new Date(Date.parse(time) + skippedMs).toISOString() };
  };
  const pass = (ms: number): void => {
    skippedMs += ms;
    passed(ms);
  };
  const ports = { store, providers, nextStamp };
  const tasks = Object.fromEntries(
    Object.entries({ ...paymentTasks(ports), ...operationTasks(ports) }).map(([name, task]) => [
      name,
      taskOf(task),
    ]),
  );
  const ask = inquire({ ...store, ...chargeTerms, nextStamp, providers, schedule });
  const names = new Set<string>();
  let streamed = 0;

  /** The executions that the stream asks for since it was read the last time. */
  async function stream(): Promise<readonly Execution[]> {
    const asked: Execution[] = [];
    const events = memory.allEvents.slice(streamed);
    streamed += events.length;
    const start: StartSaga = async (execution) => {
      const name = `${execution.machine} ${execution.name}`;
      if (!names.has(name)) {
        names.add(name);
        asked.push(execution);
      }
    };
    const { error } = await startSagas(start)(
      events.filter(({ type }) => startingEvents.includes(type)),
    );
    if (error !== undefined) {
      throw error;
    }
    return asked;
  }

  /** Asks by the schedule, until it is known or parked. A task that keeps failing is asked again. */
  async function inquireAll({ subject, operationId }: Execution): Promise<Ended['result']> {
    for (let asked = 0; ; asked++) {
      pass(waitBefore(schedule, asked));
      for (let tried = 0; tried < 4; tried++) {
        try {
          await ask({ paymentId: subject, operationId: operationId ?? '', asked });
          return 'succeeded';
        } catch (error) {
          if (error instanceof Error && error.name === 'StillUnknown') {
            break;
          }
        }
      }
      if (asked > schedule.waitsMs.length + 20) {
        throw new Error('an inquiry does not come to its end');
      }
    }
  }

  async function run(execution: Execution): Promise<Ended> {
    const { machine, subject, operationId, name } = execution;
    if (machine === 'resolve') {
      return { execution, result: await inquireAll(execution) };
    }
    const lost = lostAfter(execution);
    const { result } = await runSaga(sagas[machine as SagaName], tasks, {
      paymentId: subject,
      operationId,
      execution: `${machine} ${name}`,
      ...(lost === null ? {} : { lostAfter: lost }),
    });
    return { execution, result };
  }

  return {
    memory,
    tasks,
    nextStamp,
    pass,
    stream,
    run,
    sweep: sweepPayments({ ...store, nextStamp, terms: { stuckAfterMs } }),
    /** Runs what the stream asks for, and what comes of that, until there is nothing left. */
    settle: async (): Promise<readonly Ended[]> => {
      const ended: Ended[] = [];
      for (let next = await stream(); next.length > 0; next = await stream()) {
        ended.push(...(await Promise.all(next.map(run))));
        if (ended.length > 200) {
          throw new Error('the stage does not come to rest');
        }
      }
      return ended;
    },
    /** The types of the events, without their prefix. */
    types: async (id: string) =>
      (await memory.events(id)).map(({ type }) => type.replace('payment.', '')),
  };
}
