import { type SagaNode, sagaNodes, type Target } from '../../../shared/domain/saga/routes.ts';
import type { RetryPolicy, Saga, SagaTask } from '../../../shared/domain/saga/table.ts';

/** A Retry of the Amazon States Language; the first whose `ErrorEquals` names the error counts. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output: string;
}

export interface TaskState {
  readonly Type: 'Task';
  readonly Comment: string;
  readonly Resource: string;
  readonly Arguments: {
    readonly FunctionName: string;
    readonly Payload: Readonly<Record<string, string>>;
  };
  readonly TimeoutSeconds: number;
  readonly Output: string;
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
  readonly Next?: string;
  /** A success after which nothing comes ends here: a state for it alone would be one more to pay for. */
  readonly End?: true;
}

/** Waits for as many seconds as a JSONata expression says. */
export interface WaitState {
  readonly Type: 'Wait';
  readonly Comment: string;
  readonly Seconds: string;
  readonly Next: string;
}

export type EndState =
  | { readonly Type: 'Succeed'; readonly Comment: string }
  | {
      readonly Type: 'Fail';
      readonly Comment: string;
      readonly Error: string;
      readonly Cause: string;
    };

/** A state machine in JSONata. */
export interface StateMachineDefinition {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly StartAt: string;
  /** Absent for an inquiry: it ends by its schedule. */
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, TaskState | WaitState | EndState>>;
}

type End = Extract<Target, { to: 'end' }>['result'];

/** The states that an execution ends in where it is a Catch that leads there: that cannot end by itself. */
export const endStates: Readonly<Record<End, string>> = {
  succeeded: 'Succeeded',
  stopped: 'Stopped',
  failed: 'Halted',
};

export function endsOf({ subject }: Pick<Saga, 'subject'>): Readonly<Record<string, EndState>> {
  return {
    [endStates.succeeded]: {
      Type: 'Succeed',
      Comment: `the ${subject} is where the saga takes it`,
    },
    [endStates.stopped]: {
      Type: 'Succeed',
      Comment: 'another execution owns what this one would change: nothing was done',
    },
    [endStates.failed]: {
      Type: 'Fail',
      Comment: 'for a person: raises an alarm',
      Error: 'SagaHalted',
      Cause: `{% 'a task refused with ' & $states.input.error & ', which only a person can put right; the ${subject} is as it was before it' %}`,
    },
  };
}

/** The execution's input goes through every state; a Catch adds the name of the error. */
export const same = '{% $states.input %}';
const withError = "{% $merge([$states.input, { 'error': $states.errorOutput.Error }]) %}";

/**
 * How often the task was tried before, at the most: 0 is surely its first try. RetryCount starts
 * from 0 again at a redrive, so each redrive of the execution counts as one more. EXPRESS has none.
 */
const retries =
  '{% $states.context.State.RetryCount + ($exists($states.context.Execution.RedriveCount) ? $states.context.Execution.RedriveCount : 0) %}';

/**
 * Lambda had no room and did not invoke the function: nothing was tried, so waiting costs nothing,
 * and it uses up none of the tries that the saga gives the task.
 */
export const throttled: Retrier = {
  ErrorEquals: ['Lambda.TooManyRequestsException'],
  MaxAttempts: 5,
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxDelaySeconds: 8,
  JitterStrategy: 'FULL',
};

/** What each task gets: the shape of `TaskInput` in `shared/runtime/saga-task.ts`. */
export function payloadOf({ subject }: Pick<Saga, 'subject'>): Readonly<Record<string, string>> {
  return {
    [`${subject}_id`]: `{% $states.input.${subject}_id %}`,
    operation_id: orNull('operation_id'),
    tenant: '{% $states.input.tenant %}',
    correlation_id: '{% $states.input.correlation_id %}',
    execution: '{% $states.context.Execution.Id %}',
    retries,
    error: orNull('error'),
  };
}

/** A member of the input that may be absent: JSONata leaves out what is. */
function orNull(member: string): string {
  return `{% $exists($states.input.${member}) ? $states.input.${member} : null %}`;
}

/**
 * Compiles a saga's table into a state machine: one Lambda task a node, refusals routed by their
 * names, every other error tried again and then routed as a fault. A fault that halts is not caught:
 * the execution fails at the task itself, where RedriveExecution starts it again; a Fail state could
 * not be redriven. The same definition runs as STANDARD and as EXPRESS.
 *
 * @param arnOf the function of a task
 */
export function stateMachineDefinition(
  saga: Saga,
  arnOf: (task: string) => string,
  timeoutSeconds: number,
): StateMachineDefinition {
  const nodes = sagaNodes(saga);
  const payload = payloadOf(saga);
  const tasks = nodes.map((node) => [node.task.name, taskState(node, arnOf, payload)] as const);
  const reached = new Set(
    tasks.flatMap(([, { Next, Catch }]) => [Next, ...Catch.map((catcher) => catcher.Next)]),
  );
  return {
    Comment: `The saga ${saga.name}; compiled from shared/domain/saga`,
    QueryLanguage: 'JSONata',
    StartAt: (nodes[0] as SagaNode).task.name,
    TimeoutSeconds: timeoutSeconds,
    States: Object.fromEntries<TaskState | EndState>([
      ...tasks,
      ...Object.entries(endsOf(saga)).filter(([name]) => reached.has(name)),
    ]),
  };
}

function taskState(
  { task, ...ways }: SagaNode,
  arnOf: (task: string) => string,
  payload: TaskState['Arguments']['Payload'],
): TaskState {
  return {
    Type: 'Task',
    Comment: task.does,
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: arnOf(task.name), Payload: payload },
    TimeoutSeconds: seconds(task.timeoutMs, `the timeout of ${task.name}`),
    Output: same,
    Retry: retriers(task),
    Catch: [
      ...Object.entries(ways.onOutcome).map(([error, target]) => catcher(error, target)),
      ...(task.fault.route === 'halt' ? [] : [catcher('States.ALL', ways.onFault)]),
    ],
    ...after(ways.onSuccess),
  };
}

/** The first match counts: throttles, then refusals to try again, refusals that are answers, faults. */
function retriers(task: SagaTask): Retrier[] {
  const outcomes = Object.entries(task.outcomes);
  const final = outcomes.filter(([, { retry }]) => !retry).map(([name]) => name);
  return [
    throttled,
    ...outcomes.flatMap(([name, { retry }]) => (retry ? [retrier(name, retry)] : [])),
    ...(final.length > 0 ? [{ ErrorEquals: final, MaxAttempts: 0 }] : []),
    retrier('States.ALL', task.fault.retry),
  ];
}

export function retrier(error: string, retry: RetryPolicy): Retrier {
  return {
    ErrorEquals: [error],
    MaxAttempts: retry.retries,
    IntervalSeconds: seconds(retry.firstDelayMs, `the first delay after ${error}`),
    BackoffRate: retry.backoffRate,
    MaxDelaySeconds: seconds(retry.maxDelayMs, `the longest delay after ${error}`),
    JitterStrategy: 'FULL',
  };
}

function catcher(error: string, target: Target): Catcher {
  return { ErrorEquals: [error], Next: stateOf(target), Output: withError };
}

/** What comes after a success. */
export function after(target: Target): Pick<TaskState, 'Next' | 'End'> {
  const isEnd = target.to === 'end' && target.result === 'succeeded';
  return isEnd ? { End: true } : { Next: stateOf(target) };
}

export function stateOf(target: Target): string {
  return target.to === 'task' ? target.name : endStates[target.result];
}

/** Step Functions counts in whole seconds, from 1. */
export function seconds(ms: number, what: string): number {
  if (!Number.isInteger(ms / 1_000) || ms < 1_000) {
    throw new Error(`${what} is ${ms} ms: Step Functions takes whole seconds`);
  }
  return ms / 1_000;
}
