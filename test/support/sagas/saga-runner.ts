import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import type { Saga } from '../../../shared/domain/saga/table.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/** How an execution ended, and the tasks that it called, tries included. */
export interface SagaRun {
  readonly result: 'succeeded' | 'stopped' | 'failed' | 'lost';
  readonly called: readonly string[];
}

/**
 * Runs a saga from its table as Step Functions runs the definition made from it: each task with its
 * retries, then along its route. Delays are left out. `lostAfter` so many calls the run is lost, as
 * Step Functions may lose an EXPRESS one before it starts it anew.
 */
export async function runSaga(
  saga: Saga,
  tasks: Readonly<Record<string, (command: TaskCommand) => Promise<void>>>,
  {
    paymentId,
    operationId = null,
    execution,
    lostAfter = Number.POSITIVE_INFINITY,
  }: {
    readonly paymentId: string;
    readonly operationId?: string | null;
    readonly execution: string;
    readonly lostAfter?: number;
  },
): Promise<SagaRun> {
  const nodes = new Map(sagaNodes(saga).map((node) => [node.task.name, node]));
  const called: string[] = [];
  let name: string = saga.steps[0]?.name ?? saga.fail.name;
  let error: string | null = null;
  for (;;) {
    const node = nodes.get(name);
    const task = tasks[name];
    if (!node || !task) {
      throw new Error(`no task ${name}`);
    }
    const tried = new Map<string, number>();
    let retriesOfTask = 0;
    let target = node.onSuccess;
    for (;;) {
      if (called.length >= lostAfter) {
        return { result: 'lost', called };
      }
      called.push(name);
      try {
        await task({ paymentId, operationId, execution, retries: retriesOfTask, error });
        break;
      } catch (thrown) {
        const thrownName = thrown instanceof Error ? thrown.name : 'Error';
        const outcome = node.task.outcomes[thrownName];
        const retries = outcome ? (outcome.retry?.retries ?? 0) : node.task.fault.retry.retries;
        const kind = outcome ? thrownName : 'fault';
        const count = (tried.get(kind) ?? 0) + 1;
        tried.set(kind, count);
        if (count > retries) {
          error = thrownName;
          target = node.onOutcome[thrownName] ?? node.onFault;
          break;
        }
        retriesOfTask += 1;
      }
    }
    if (target.to === 'end') {
      return { result: target.result, called };
    }
    name = target.name;
  }
}
