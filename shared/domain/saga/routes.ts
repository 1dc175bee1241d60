import type { Route, Saga, SagaStep, SagaTask } from './table.ts';

/** Where an execution goes next: to a task by name, or to its end. */
export type Target =
  | { readonly to: 'task'; readonly name: string }
  | { readonly to: 'end'; readonly result: 'succeeded' | 'stopped' | 'failed' };

/** One node of the saga's graph, with every way out of it. */
export interface SagaNode {
  readonly task: SagaTask;
  readonly role: 'step' | 'undo' | 'fail' | 'suspend';
  readonly onSuccess: Target;
  /** By error name, in the table's order. */
  readonly onOutcome: Readonly<Record<string, Target>>;
  readonly onFault: Target;
}

const succeeded: Target = { to: 'end', result: 'succeeded' };

/**
 * Works out every way through a saga from its table: forward through the steps; back through what
 * undoes them, latest first, to `fail`. The first node is where an execution starts.
 */
export function sagaNodes(saga: Saga): SagaNode[] {
  const task = (name: string): Target => ({ to: 'task', name });
  /** The undo of the latest step at or before `index` that has one, else `fail`. */
  const undoFrom = (index: number): Target => {
    const step = saga.steps.slice(0, index + 1).findLast((candidate) => candidate.undo);
    return task(step?.undo?.name ?? saga.fail.name);
  };
  const follow = (route: Route, index: number): Target => {
    switch (route) {
      case 'undo':
        return undoFrom(index);
      case 'undo-earlier':
        return undoFrom(index - 1);
      case 'suspend':
        return task(saga.suspend.name);
      case 'stop':
        return { to: 'end', result: 'stopped' };
      case 'halt':
        return { to: 'end', result: 'failed' };
    }
  };
  const node = (
    of: SagaTask,
    role: SagaNode['role'],
    index: number,
    onSuccess: Target,
  ): SagaNode => ({
    task: of,
    role,
    onSuccess,
    onOutcome: Object.fromEntries(
      Object.entries(of.outcomes).map(([name, { route }]) => [name, follow(route, index)]),
    ),
    onFault: follow(of.fault.route, index),
  });
  const forward = saga.steps.map((step, index) => {
    const next = saga.steps[index + 1];
    return node(step, 'step', index, next ? task(next.name) : succeeded);
  });
  const backward = saga.steps.flatMap((step, index) =>
    step.undo ? [node(step.undo, 'undo', index, undoFrom(index - 1))] : [],
  );
  return [
    ...forward,
    ...backward.reverse(),
    node(saga.fail, 'fail', -1, succeeded),
    node(saga.suspend, 'suspend', -1, succeeded),
  ];
}

/** Every task of a saga, as the table lists them. */
export function tasksOf(saga: Saga): SagaTask[] {
  return [
    ...saga.steps.flatMap((step: SagaStep) => (step.undo ? [step, step.undo] : [step])),
    saga.fail,
    saga.suspend,
  ];
}
