import { describe, expect, it } from 'vitest';
import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import { sagaNames, sagas } from '../../../shared/domain/saga/sagas.ts';
import type { RetryPolicy, Saga } from '../../../shared/domain/saga/table.ts';
import { after, endStates, stateMachineDefinition, stateOf, type TaskState } from './definition.ts';

/** A saga with what is made of it. */
function compiled(saga: Saga) {
  const definition = stateMachineDefinition(saga, (task) => `arn:of:${task}`, 60);
  const taskOf = (name: string): TaskState => {
    const state = definition.States[name];
    if (state?.Type !== 'Task') {
      throw new Error(`${name} is no task`);
    }
    return state;
  };
  return { saga, nodes: sagaNodes(saga), definition, taskOf };
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

/** The tasks at which an execution fails for good, for a redrive to start at. */
const halting = {
  payment: ['release', 'fail', 'suspend'],
  capture: ['fail-operation', 'suspend-operation'],
  cancel: ['fail-operation', 'suspend-operation'],
  refund: ['return-refund', 'fail-operation', 'suspend-operation'],
  payout: ['return-payout', 'fail-payout', 'suspend-payout'],
};

describe.each(sagaNames)('the state machine of the saga %s', (sagaName) => {
  const { saga, nodes, definition, taskOf } = compiled(sagas[sagaName]);

  it('starts where the saga does and has a state for each node and each end, and no other', () => {
    expect(definition.StartAt).toBe(saga.steps[0]?.name);
    const ends = Object.keys(definition.States).filter(
      (name) => definition.States[name]?.Type !== 'Task',
    );
    expect(Object.keys(definition.States).sort()).toEqual(
      [...nodes.map(({ task }) => task.name), ...ends].sort(),
    );
    const reached = nodes.flatMap(({ onSuccess, onOutcome, onFault, task }) => [
      ...('End' in after(onSuccess) ? [] : [onSuccess]),
      ...Object.values(onOutcome),
      // A fault that halts fails at its task, not in a state of its own.
      ...(task.fault.route === 'halt' ? [] : [onFault]),
    ]);
    expect(new Set(ends)).toEqual(
      new Set(reached.flatMap((target) => (target.to === 'end' ? [stateOf(target)] : []))),
    );
  });

  it.each(nodes.map((node) => [node.task.name, node] as const))(
    '%s goes where the saga says, for success, every outcome and every fault',
    (name, node) => {
      const state = taskOf(name);
      expect({ Next: state.Next, End: state.End }).toEqual(after(node.onSuccess));
      for (const [error, target] of Object.entries(node.onOutcome)) {
        expect(firstFor(state.Catch, error)?.Next, error).toBe(stateOf(target));
      }
      for (const error of faults) {
        expect(firstFor(state.Catch, error)?.Next, error).toBe(
          node.task.fault.route === 'halt' ? undefined : stateOf(node.onFault),
        );
      }
      const nexts = state.Catch.map(({ Next }) => Next);
      for (const next of state.Next === undefined ? nexts : [state.Next, ...nexts]) {
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
    const nodesThatHalt = nodes.filter(({ task }) => task.fault.route === 'halt');
    expect(nodesThatHalt.map(({ task }) => task.name)).toEqual(halting[sagaName]);
    for (const { task } of nodesThatHalt) {
      const caught = taskOf(task.name).Catch.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(caught).toEqual(Object.keys(task.outcomes));
    }
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
      expect(state.Arguments.Payload).toEqual({
        [`${saga.subject}_id`]: `{% $states.input.${saga.subject}_id %}`,
        operation_id:
          '{% $exists($states.input.operation_id) ? $states.input.operation_id : null %}',
        tenant: '{% $states.input.tenant %}',
        correlation_id: '{% $states.input.correlation_id %}',
        execution: '{% $states.context.Execution.Id %}',
        retries: expect.stringContaining('RetryCount'),
        error: '{% $exists($states.input.error) ? $states.input.error : null %}',
      });
    }
  });

  it('never waits longer than a minute, and has no state but tasks and ends', () => {
    for (const { task } of nodes) {
      for (const { MaxAttempts, MaxDelaySeconds } of taskOf(task.name).Retry) {
        expect(MaxAttempts === 0 || Number(MaxDelaySeconds) <= 60).toBe(true);
      }
    }
    const types = Object.values(definition.States).map(({ Type }) => Type);
    expect(types.filter((type) => !['Task', 'Succeed', 'Fail'].includes(type))).toEqual([]);
  });
});

describe('the compiler of sagas', () => {
  const { saga, taskOf, definition } = compiled(sagas.payment);

  it('ends an execution in a state of its own at a refusal that only a person can put right', () => {
    expect(firstFor(taskOf('reverse').Catch, 'ReversalRefused')?.Next).toBe(endStates.failed);
    expect(definition.States[endStates.failed]).toMatchObject({
      Type: 'Fail',
      Error: 'SagaHalted',
      Cause: expect.stringContaining('the payment is as it was before it'),
    });
  });

  it('ends at the last task that succeeds, without a state of its own to pay for', () => {
    expect(taskOf('charge')).toMatchObject({ End: true });
    expect(taskOf('charge')).not.toHaveProperty('Next');
    expect(definition.States).not.toHaveProperty(endStates.succeeded);
    expect(taskOf('reserve')).toMatchObject({ Next: 'charge' });
  });

  it('makes no end that nothing leads to', () => {
    const { ReversalRefused: _, ...outcomes } = saga.steps[2]?.undo?.outcomes ?? {};
    const [risk, reserve, charge] = saga.steps;
    const undo = { ...charge?.undo, outcomes };
    const without = { ...saga, steps: [risk, reserve, { ...charge, undo }] } as Saga;
    expect(compiled(without).definition.States).not.toHaveProperty(endStates.failed);
  });

  it('refuses a delay that Step Functions cannot count', () => {
    const [first, ...rest] = saga.steps;
    const hasty = { ...saga, steps: [{ ...first, timeoutMs: 1_500 }, ...rest] } as Saga;
    expect(() => compiled(hasty)).toThrow('1500 ms');
  });
});
