import { describe, expect, it } from 'vitest';
import { stateMachineDefinition } from '../../../../infra/constructs/saga/definition.ts';
import { inquiryDefinition } from '../../../../infra/constructs/saga/inquiry-definition.ts';
import { inquiries } from '../../../../shared/domain/saga/inquiry.ts';
import { paymentSaga } from '../../../../shared/domain/saga/payment-saga.ts';
import type { FaultPlan } from '../../kernel/faults.ts';
import { aCore, runAll } from '../../testing/core.ts';
import { evaluate } from '../expression.ts';
import { type Deployed, lambda } from '../lambda.ts';
import { type Machine, machines } from './machine.ts';

/** What each task answers, call after call: nothing for success, else the name of its error. */
type Script = Readonly<Record<string, readonly (string | null)[]>>;

class Named extends Error {
  override readonly name: string;
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

async function executed(
  script: Script,
  {
    type = 'STANDARD',
    starts = 1,
    plan = {},
    inquiry = false,
  }: {
    readonly type?: Machine['type'];
    readonly starts?: number;
    readonly plan?: Partial<FaultPlan>;
    readonly inquiry?: boolean;
  } = {},
) {
  const core = aCore(plan);
  const called: string[] = [];
  const inputs: Record<string, unknown>[] = [];
  const deployed = (name: string): Deployed => ({
    name,
    timeoutMs: 60_000,
    load: () => async (input: Record<string, unknown>) => {
      called.push(name);
      inputs.push(input);
      const nth = called.filter((other) => other === name).length - 1;
      const answer = script[name]?.[nth] ?? null;
      if (answer === 'never') {
        return new Promise(() => {});
      }
      if (answer !== null) {
        throw new Named(answer);
      }
      return {};
    },
  });
  const tasks = inquiry
    ? ['inquire']
    : ['assess-risk', 'reserve', 'charge', 'reverse', 'release', 'fail', 'suspend'];
  const functions = lambda(core, new Map(tasks.map((name) => [name, deployed(name)])));
  const machine: Machine = {
    name: 'machine',
    type,
    functionOf: (arn) => arn,
    definition: inquiry
      ? inquiryDefinition(
          inquiries.resolve,
          { waitsMs: [2_000, 10_000], settleWindowMs: 1 },
          'inquire',
        )
      : stateMachineDefinition(paymentSaga, (task) => task, 300),
  };
  const { start, executions } = machines(
    core,
    functions,
    new Map([['machine', machine]]),
    new Map(),
  );
  const answers = Array.from({ length: starts }, () =>
    start('machine', 'name', { payment_id: 'p', tenant: 't', correlation_id: 'c' }),
  );
  await runAll(core);
  return {
    called,
    inputs,
    answers,
    ends: executions.map(({ status, state }) => `${status} in ${state}`),
    now: core.kernel.now(),
  };
}

describe('an execution', () => {
  it('goes through the saga, and tells each task what it has to know', async () => {
    const { called, ends, inputs } = await executed({});
    expect(called).toEqual(['assess-risk', 'reserve', 'charge']);
    expect(ends).toEqual(['succeeded in charge']);
    expect(inputs[1]).toEqual({
      payment_id: 'p',
      operation_id: null,
      tenant: 't',
      correlation_id: 'c',
      execution: 'arn:aws:states:us-east-1:000000000000:execution:machine:name',
      retries: 0,
      error: null,
    });
  });

  it('goes the way of a refusal, with its name', async () => {
    const { called, inputs } = await executed({ charge: ['Declined'] });
    expect(called).toEqual(['assess-risk', 'reserve', 'charge', 'release', 'fail']);
    expect(inputs.at(-1)).toMatchObject({ error: 'Declined' });
  });

  it('tries a fault again, tells how often, and then goes the way of the fault', async () => {
    const { called, inputs, ends } = await executed({ charge: Array(9).fill('Error') });
    expect(called.slice(2)).toEqual(['charge', 'charge', 'charge', 'charge', 'suspend']);
    expect(inputs.slice(2, 6).map(({ retries }) => retries)).toEqual([0, 1, 2, 3]);
    expect(ends).toEqual(['succeeded in suspend']);
  });

  it('fails at the task of which a fault is not caught', async () => {
    const { ends } = await executed({
      charge: ['Declined'],
      release: Array(9).fill('Error'),
    });
    expect(ends).toEqual(['failed in release']);
  });

  it('takes a task that does not answer for a fault, and does not wait for it any more', async () => {
    const { called, now } = await executed({ reserve: ['never'] });
    expect(called).toEqual(['assess-risk', 'reserve', 'reserve', 'charge']);
    expect(now).toBeGreaterThan(5_000);
  });

  it('is one of its name on STANDARD, and one for each start on EXPRESS', async () => {
    const standard = await executed({}, { starts: 2 });
    expect([standard.answers, standard.ends.length]).toEqual([['started', 'exists'], 1]);
    const express = await executed({}, { starts: 2, type: 'EXPRESS' });
    expect([express.answers, express.ends.length]).toEqual([['started', 'started'], 2]);
    const ids = new Set(express.inputs.map(({ execution }) => execution));
    expect(ids.size).toBe(2);
  });

  it('may be lost on EXPRESS, and may begin anew as the same', async () => {
    const only = new Set(['execution_lost at life of reserve of machine name.1 ~0']);
    const lost = await executed(
      {},
      { type: 'EXPRESS', plan: { rates: { execution_lost: 1 }, only } },
    );
    expect(lost.ends).toEqual(['lost in reserve']);
    const anew = new Set(['execution_again at life of reserve of machine name.1 ~0']);
    const again = await executed(
      {},
      { type: 'EXPRESS', plan: { rates: { execution_again: 1 }, only: anew } },
    );
    expect(again.ends).toEqual(['succeeded in charge']);
    expect(again.called.filter((task) => task === 'assess-risk')).toHaveLength(2);
    expect(new Set(again.inputs.map(({ execution }) => execution)).size).toBe(1);
  });

  it('may run twice for one start on EXPRESS, and may be ended on STANDARD', async () => {
    const rates = { execution_twice: 1 };
    const twice = await executed({}, { type: 'EXPRESS', plan: { rates } });
    expect(twice.ends).toHaveLength(2);
    const aborted = await executed({}, { plan: { rates: { execution_aborted: 1 } } });
    expect(aborted.ends).toEqual(['aborted in assess-risk']);
  });

  it('of an inquiry waits longer each time, and asks until it is told', async () => {
    const { called, inputs, now, ends } = await executed(
      { inquire: ['StillUnknown', 'StillUnknown', null] },
      { inquiry: true },
    );
    expect(called).toHaveLength(3);
    expect(inputs.map(({ asked }) => asked)).toEqual([0, 1, 2]);
    expect(now).toBeGreaterThan(22_000);
    expect(ends).toEqual(['succeeded in inquire']);
  });
});

describe('an expression', () => {
  const scope = { input: { a: 1 }, executionId: 'e', retryCount: 0, redriveCount: 0 };

  it('that no definition has is not guessed', () => {
    expect(() => evaluate('{% $states.input.a + 1 %}', scope)).toThrow('does not know');
  });

  it('is found in what is in it, and all else is as it is', () => {
    expect(evaluate({ b: '{% $states.input.a %}', c: ['d'], e: null }, scope)).toMatchObject({
      b: 1,
      e: null,
    });
  });
});
