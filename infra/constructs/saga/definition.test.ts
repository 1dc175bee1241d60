import { describe, expect, it } from 'vitest';
import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import {
  paymentSaga,
  type RetryPolicy,
  type Saga,
  type SagaTask,
} from '../../../shared/domain/saga/table.ts';
import { sagaTypes } from '../../stages.ts';
import { atPace, machineTimeoutSeconds, worstCaseOf } from './budget.ts';
import { endStates, stateMachineDefinition, stateOf, type TaskState } from './definition.ts';

const saga: Saga = paymentSaga;
const nodes = sagaNodes(saga);
const definition = stateMachineDefinition(saga, (task) => `arn:of:${task}`, 60);

function taskOf(name: string): TaskState {
  const state = definition.States[name];
  if (state?.Type !== 'Task') {
    throw new Error(`${name} is no task`);
  }
  return state;
}

/** What Step Functions takes for an error: the first entry that names it, or States.ALL. */
function firstFor<E extends { readonly ErrorEquals: readonly string[] }>(
  entries: readonly E[],
  error: string,
): E | undefined {
  return entries.find(({ ErrorEquals: [...names] }) =>
    names.some((name) => name === error || name === 'States.ALL'),
  );
}

function asRetrier({ retries, firstDelayMs, backoffRate, maxDelayMs }: RetryPolicy) {
  return {
    MaxAttempts: retries,
    IntervalSeconds: firstDelayMs / 1_000,
    BackoffRate: backoffRate,
    MaxDelaySeconds: maxDelayMs / 1_000,
    JitterStrategy: 'FULL',
  };
}

const throttled = 'Lambda.TooManyRequestsException';

/** Errors that no outcome names: the function's own, Lambda's and Step Functions'. */
const faults = [
  'TypeError',
  'Contention',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  throttled,
  'Lambda.ServiceException',
  'States.Timeout',
  'States.TaskFailed',
];

describe('the state machine of the payment saga', () => {
  it('starts where the saga does and has a state for each node and each end, and no other', () => {
    expect(definition.StartAt).toBe(saga.steps[0]?.name);
    const ends = Object.keys(definition.States).filter(
      (name) => definition.States[name]?.Type !== 'Task',
    );
    expect(Object.keys(definition.States).sort()).toEqual(
      [...nodes.map(({ task }) => task.name), ...ends].sort(),
    );
    expect(ends.sort()).toEqual(Object.values(endStates).sort());
  });

  it.each(nodes.map((node) => [node.task.name, node] as const))(
    '%s goes where the saga says, for success, every outcome and every fault',
    (name, node) => {
      const state = taskOf(name);
      expect(state.Next).toBe(stateOf(node.onSuccess));
      for (const [error, target] of Object.entries(node.onOutcome)) {
        expect(firstFor(state.Catch, error)?.Next, error).toBe(stateOf(target));
      }
      for (const error of faults) {
        expect(firstFor(state.Catch, error)?.Next, error).toBe(
          node.task.fault.route === 'halt' ? undefined : stateOf(node.onFault),
        );
      }
      for (const next of [state.Next, ...state.Catch.map(({ Next }) => Next)]) {
        expect(definition.States).toHaveProperty([next]);
      }
    },
  );

  it.each(nodes.map((node) => [node.task.name, node] as const))(
    '%s is tried again as the saga says, for every outcome and every fault',
    (name, { task }) => {
      const state = taskOf(name);
      for (const [error, { retry }] of Object.entries(task.outcomes)) {
        expect(firstFor(state.Retry, error), error).toMatchObject(
          retry ? asRetrier(retry) : { MaxAttempts: 0 },
        );
      }
      for (const error of faults.filter((name) => name !== throttled)) {
        expect(firstFor(state.Retry, error), error).toMatchObject(asRetrier(task.fault.retry));
      }
      expect(state.TimeoutSeconds * 1_000).toBe(task.timeoutMs);
      expect(state.Arguments.FunctionName).toBe(`arn:of:${name}`);
    },
  );

  it('lists States.ALL alone and last, as Step Functions demands', () => {
    for (const { task } of nodes) {
      const { Retry, Catch } = taskOf(task.name);
      for (const entries of task.fault.route === 'halt' ? [Retry] : [Retry, Catch]) {
        const all = entries.findIndex(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
        expect(all).toBe(entries.length - 1);
        expect(entries[all]?.ErrorEquals).toEqual(['States.ALL']);
      }
    }
  });

  it('fails at the task whose fault halts, so that a redrive starts there', () => {
    const halting = nodes.filter(({ task }) => task.fault.route === 'halt');
    expect(halting.map(({ task }) => task.name)).toEqual(['release', 'fail', 'suspend']);
    for (const { task } of halting) {
      const caught = taskOf(task.name).Catch.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(caught).toEqual(Object.keys(task.outcomes));
    }
    expect(firstFor(taskOf('reverse').Catch, 'ReversalRefused')?.Next).toBe(endStates.failed);
  });

  it('has no end that nothing leads to', () => {
    const { ReversalRefused: _, ...outcomes } = saga.steps[2]?.undo?.outcomes ?? {};
    const [risk, reserve, charge] = saga.steps;
    const undo = { ...charge?.undo, outcomes };
    const without = { ...saga, steps: [risk, reserve, { ...charge, undo }] } as Saga;
    expect(stateMachineDefinition(without, String, 60).States).not.toHaveProperty(endStates.failed);
  });

  it('waits for Lambda to have room before anything else, as nothing was tried', () => {
    for (const { task } of nodes) {
      expect(taskOf(task.name).Retry[0]).toEqual({
        ErrorEquals: [throttled],
        MaxAttempts: 5,
        IntervalSeconds: 1,
        BackoffRate: 2,
        MaxDelaySeconds: 8,
        JitterStrategy: 'FULL',
      });
    }
  });

  it('counts a redrive as a try, where there are redrives', () => {
    for (const { task } of nodes) {
      expect(taskOf(task.name).Arguments.Payload.retries).toBe(
        '{% $states.context.State.RetryCount + ($exists($states.context.Execution.RedriveCount) ? $states.context.Execution.RedriveCount : 0) %}',
      );
    }
  });

  it('carries its input through every state, and the error through every catch', () => {
    for (const { task } of nodes) {
      const state = taskOf(task.name);
      expect(state.Output).toBe('{% $states.input %}');
      expect(new Set(state.Catch.map(({ Output }) => Output))).toEqual(
        new Set(["{% $merge([$states.input, { 'error': $states.errorOutput.Error }]) %}"]),
      );
      expect(Object.keys(state.Arguments.Payload)).toEqual([
        'payment_id',
        'tenant',
        'correlation_id',
        'execution',
        'retries',
        'error',
      ]);
    }
  });

  it('never waits longer than a minute, and has no state but tasks and ends', () => {
    for (const { task } of nodes) {
      for (const { MaxAttempts, MaxDelaySeconds } of taskOf(task.name).Retry) {
        expect(MaxAttempts === 0 || Number(MaxDelaySeconds) <= 60).toBe(true);
      }
    }
    const types = Object.values(definition.States).map(({ Type }) => Type);
    expect(new Set(types)).toEqual(new Set(['Task', 'Succeed', 'Fail']));
  });

  it('refuses a delay that Step Functions cannot count', () => {
    const [first, ...rest] = saga.steps;
    const hasty = { ...saga, steps: [{ ...first, timeoutMs: 1_500 }, ...rest] } as Saga;
    expect(() => stateMachineDefinition(hasty, String, 60)).toThrow('1500 ms');
  });
});

/** The worst case with every delay between tries left out. */
function withoutWaits(of: Saga): number {
  const atOnce = (task: SagaTask): SagaTask => ({
    ...task,
    outcomes: Object.fromEntries(
      Object.entries(task.outcomes).map(([name, { route, retry }]) => [
        name,
        { route, ...(retry ? { retry: { ...retry, firstDelayMs: 0 } } : {}) },
      ]),
    ),
    fault: { ...task.fault, retry: { ...task.fault.retry, firstDelayMs: 0 } },
  });
  return worstCaseOf({
    ...of,
    steps: of.steps.map(({ undo, ...step }) => ({
      ...atOnce(step),
      ...(undo ? { undo: atOnce(undo) } : {}),
    })),
    fail: atOnce(of.fail),
    suspend: atOnce(of.suspend),
  }).totalMs;
}

describe('the time budget of the payment saga', () => {
  const { totalMs, path } = worstCaseOf(saga);

  it('is the sum over its longest way', () => {
    console.log(
      `worst case ${totalMs / 1_000} s: ${path.map(({ task, ms }) => `${task} ${ms / 1_000}`).join(' + ')}`,
    );
    expect(totalMs).toBe(path.reduce((sum, { ms }) => sum + ms, 0));
    expect(path.map(({ task }) => task).slice(0, 3)).toEqual(saga.steps.map(({ name }) => name));
  });

  it('is what one task can use up: each try to its timeout, each delay at its longest', () => {
    const retry = { retries: 2, firstDelayMs: 1_000, backoffRate: 2, maxDelayMs: 1_500 };
    const one: SagaTask = {
      name: 'one',
      does: '',
      timeoutMs: 5_000,
      outcomes: { Busy: { route: 'halt', retry: { ...retry, retries: 1 } } },
      fault: { retry, route: 'halt' },
    };
    const small: Saga = { name: 'small', steps: [one], fail: one, suspend: one };
    // Three tries and one more, with 1 s + 1.5 s and 1 s between them.
    expect(worstCaseOf(small).totalMs).toBe(20_000 + 2_500 + 1_000);
  });

  it('fits into the machine, and an EXPRESS machine into its 5 minutes', () => {
    expect(machineTimeoutSeconds(saga, 'STANDARD') * 1_000).toBeGreaterThan(totalMs);
    expect(machineTimeoutSeconds(saga, 'EXPRESS')).toBeLessThan(300);
    expect(machineTimeoutSeconds(saga, 'EXPRESS') * 1_000).toBeGreaterThan(totalMs);
    for (const type of sagaTypes) {
      expect(Number.isInteger(machineTimeoutSeconds(saga, type))).toBe(true);
    }
  });

  it('grows with the pace of a stage, but not in its waits', () => {
    const slow = atPace(saga, 3);
    expect(slow.steps.map(({ timeoutMs }) => timeoutMs)).toEqual(
      saga.steps.map(({ timeoutMs }) => timeoutMs * 3),
    );
    const waitsMs = totalMs - withoutWaits(saga);
    expect(worstCaseOf(slow).totalMs).toBe(3 * withoutWaits(saga) + waitsMs);
  });

  it('gives a payment that meets no fault 30 seconds at the most', () => {
    const happyMs = saga.steps.reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);
    expect(happyMs).toBeLessThanOrEqual(30_000);
  });
});
