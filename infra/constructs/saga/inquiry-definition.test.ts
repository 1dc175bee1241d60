import { describe, expect, it } from 'vitest';
import {
  type InquirySchedule,
  inquiries,
  inquiryNames,
} from '../../../shared/domain/saga/inquiry.ts';
import { evaluate, type Scope } from '../../../test/simulation/aws/expression.ts';
import { stageNames, stages } from '../../stages.ts';
import type { TaskState, WaitState } from './definition.ts';
import { inquiryDefinition } from './inquiry-definition.ts';

const schedule: InquirySchedule = { waitsMs: [2_000, 10_000, 60_000], settleWindowMs: 60_000 };

/** What is compiled of an inquiry, with its two states. */
function compiled(name: (typeof inquiryNames)[number], of = schedule) {
  const inquiry = inquiries[name];
  const definition = inquiryDefinition(inquiry, of, 'arn:of:task');
  const wait = definition.States[definition.StartAt] as WaitState;
  const task = definition.States[inquiry.task.name] as TaskState;
  return { inquiry, definition, wait, task };
}

const scope = (input: Scope['input']): Scope => ({
  input,
  executionId: 'arn:of:execution',
  retryCount: 0,
  redriveCount: 0,
});

/** The input that `start-saga` gives. */
const started = {
  payment_id: 'payment-1',
  payout_id: 'payout-1',
  operation_id: 'operation-1',
  tenant: 'acme',
  correlation_id: 'correlation-1',
};

/** Runs the machine: how long it waits and what its task is called with, of so many calls in vain. */
function waitsOf({ wait, task }: ReturnType<typeof compiled>, inVain: number) {
  let input: Scope['input'] = started;
  const waits: unknown[] = [];
  const asked: unknown[] = [];
  for (let call = 0; call <= inVain; call++) {
    waits.push(evaluate(wait.Seconds, scope(input)));
    const payload = evaluate(task.Arguments.Payload, scope(input)) as { readonly asked: unknown };
    asked.push(payload.asked);
    input = evaluate(task.Catch[0]?.Output, scope(input)) as Scope['input'];
  }
  return { waits, asked };
}

describe.each(inquiryNames)('the state machine of the inquiry %s', (name) => {
  const { inquiry, definition, wait, task } = compiled(name);

  it('waits, asks, and ends when there is nothing more to ask', () => {
    expect(Object.entries(definition.States).map(([state, { Type }]) => [state, Type])).toEqual([
      ['wait', 'Wait'],
      [inquiry.task.name, 'Task'],
    ]);
    expect(definition.StartAt).toBe('wait');
    expect(wait.Next).toBe(inquiry.task.name);
    expect(task).toMatchObject({ End: true });
    expect(task).not.toHaveProperty('Next');
    expect(definition.QueryLanguage).toBe('JSONata');
  });

  it('waits and asks again while nothing is known, and when the task keeps failing', () => {
    const caught = task.Catch.map(({ ErrorEquals, Next }) => [ErrorEquals, Next]);
    expect(caught).toEqual([[['States.ALL'], 'wait']]);
  });

  it('is never ended from outside: the task is what parks it', () => {
    expect(definition).not.toHaveProperty('TimeoutSeconds');
  });

  it('waits as long as the schedule says, and at its end ever as long as before the last', () => {
    expect(waitsOf(compiled(name), 5)).toEqual({
      waits: [2, 10, 60, 60, 60, 60],
      asked: [0, 1, 2, 3, 4, 5],
    });
  });

  it('never looks for a wait behind the last, as that would be none', () => {
    expect(wait.Seconds).toBe(
      '{% [2,10,60][$min([($exists($states.input.asked) ? $states.input.asked : 0), 2])] %}',
    );
  });

  it('takes a schedule of one wait', () => {
    const once = compiled(name, { waitsMs: [7_000], settleWindowMs: 1 });
    expect(waitsOf(once, 2).waits).toEqual([7, 7, 7]);
  });

  it.each(stageNames)('waits by the schedule of %s', (stage) => {
    const { inquiry: of } = stages[stage];
    const { waits } = waitsOf(compiled(name, of), of.waitsMs.length - 1);
    expect(waits).toEqual(of.waitsMs.map((ms) => ms / 1_000));
  });

  it('tells its task what it is about, whose it is, and how often it was asked', () => {
    const { subject } = inquiry;
    expect(evaluate(task.Arguments.Payload, scope({ ...started, asked: 4 }))).toEqual({
      [`${subject}_id`]: `${subject}-1`,
      operation_id: 'operation-1',
      tenant: 'acme',
      correlation_id: 'correlation-1',
      execution: 'arn:of:execution',
      retries: 0,
      error: null,
      asked: 4,
    });
    expect(task.Arguments.FunctionName).toBe('arn:of:task');
  });

  it('does not try again what says that nothing is known yet, but throttles and faults', () => {
    const { retries, firstDelayMs, backoffRate, maxDelayMs } = inquiry.task.fault.retry;
    expect(task.Retry.map(({ ErrorEquals }) => ErrorEquals)).toEqual([
      ['Lambda.TooManyRequestsException'],
      ['StillUnknown'],
      ['States.ALL'],
    ]);
    expect(task.Retry[1]?.MaxAttempts).toBe(0);
    expect(task.Retry[2]).toMatchObject({
      MaxAttempts: retries,
      IntervalSeconds: firstDelayMs / 1_000,
      BackoffRate: backoffRate,
      MaxDelaySeconds: maxDelayMs / 1_000,
      JitterStrategy: 'FULL',
    });
    expect(task.TimeoutSeconds * 1_000).toBe(inquiry.task.timeoutMs);
  });
});

describe('the compiler of inquiries', () => {
  it.each([1_500, 999, 0])('refuses a wait of %i ms, which Step Functions cannot count', (ms) => {
    expect(() => compiled('resolve', { ...schedule, waitsMs: [2_000, ms] })).toThrow(
      `wait 1 of resolve is ${ms} ms`,
    );
  });
});
