import { type SagaNode, sagaNodes } from '../../../shared/domain/saga/routes.ts';
import type { RetryPolicy, Saga, SagaTask } from '../../../shared/domain/saga/table.ts';
import type { SagaType } from '../../stages.ts';

/** An EXPRESS execution may run for 5 minutes; ours stops itself before, so that it says why. */
const expressLimitSeconds = 290;

/**
 * The longest way through a saga: every try of every task runs into its timeout. Waits for Lambda to
 * have room (`Lambda.TooManyRequestsException`, up to 23 s a task) are no part of it: an execution
 * that meets both is ended by its machine's timeout, which raises an alarm.
 */
export interface WorstCase {
  readonly totalMs: number;
  /** The tasks on that way, each with its share. */
  readonly path: readonly { readonly task: string; readonly ms: number }[];
}

/** @throws Error when the saga's graph has a cycle, for then it has no bound */
export function worstCaseOf(saga: Saga): WorstCase {
  const byName = new Map(sagaNodes(saga).map((node) => [node.task.name, node]));
  const from = (name: string, before: readonly string[]): WorstCase => {
    if (before.includes(name)) {
      throw new Error(`the saga ${saga.name} can come back to ${name}`);
    }
    const node = byName.get(name) as SagaNode;
    const next = [node.onSuccess, node.onFault, ...Object.values(node.onOutcome)]
      .flatMap((target) => (target.to === 'task' ? [from(target.name, [...before, name])] : []))
      .reduce(longer, { totalMs: 0, path: [] });
    const ms = worstTaskMs(node.task);
    return { totalMs: ms + next.totalMs, path: [{ task: name, ms }, ...next.path] };
  };
  return from(saga.steps[0]?.name as string, []);
}

/**
 * After how many seconds an execution is ended from outside. A STANDARD one has its worst case and
 * a minute for Step Functions itself; an EXPRESS one has what the service gives.
 */
export function machineTimeoutSeconds(saga: Saga, type: SagaType): number {
  const worstSeconds = Math.ceil(worstCaseOf(saga).totalMs / 1_000) + 60;
  return type === 'EXPRESS' ? Math.min(worstSeconds, expressLimitSeconds) : worstSeconds;
}

/** The saga with its tasks' timeouts made longer; waits between tries stay as they are. */
export function atPace(saga: Saga, timeoutFactor: number): Saga {
  const slower = (task: SagaTask): SagaTask => ({
    ...task,
    timeoutMs: task.timeoutMs * timeoutFactor,
  });
  return {
    ...saga,
    steps: saga.steps.map(({ undo, ...step }) => ({
      ...slower(step),
      ...(undo ? { undo: slower(undo) } : {}),
    })),
    fail: slower(saga.fail),
    suspend: slower(saga.suspend),
  };
}

/** Each retry policy has a counter of its own, so one task can use up all of them. */
function worstTaskMs({ timeoutMs, fault, outcomes }: SagaTask): number {
  const policies = [
    fault.retry,
    ...Object.values(outcomes).flatMap(({ retry }) => (retry ? [retry] : [])),
  ];
  return policies.reduce(
    (sum, policy) => sum + policy.retries * timeoutMs + delaysMs(policy),
    timeoutMs,
  );
}

/** The most that the waits of a policy come to: full jitter only shortens them. */
function delaysMs({ retries, firstDelayMs, backoffRate, maxDelayMs }: RetryPolicy): number {
  return Array.from({ length: retries }, (_, tried) =>
    Math.min(maxDelayMs, firstDelayMs * backoffRate ** tried),
  ).reduce((sum, ms) => sum + ms, 0);
}

function longer(a: WorstCase, b: WorstCase): WorstCase {
  return b.totalMs > a.totalMs ? b : a;
}
