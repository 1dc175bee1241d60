import { describe, expect, it } from 'vitest';
import { type SagaName, sagaNames, sagas } from '../../../shared/domain/saga/sagas.ts';
import type { Saga, SagaTask } from '../../../shared/domain/saga/table.ts';
import { sagaTypes } from '../../stages.ts';
import { atPace, machineTimeoutSeconds, worstCaseOf } from './budget.ts';

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

describe.each(sagaNames)('the time budget of the saga %s', (name: SagaName) => {
  const saga: Saga = sagas[name];
  const { totalMs, path } = worstCaseOf(saga);

  it('is the sum over its longest way', () => {
    console.log(
      `${name}, worst case ${totalMs / 1_000} s: ${path.map(({ task, ms }) => `${task} ${ms / 1_000}`).join(' + ')}`,
    );
    expect(totalMs).toBe(path.reduce((sum, { ms }) => sum + ms, 0));
    expect(path.map(({ task }) => task)).toEqual(
      expect.arrayContaining(saga.steps.map((step) => step.name)),
    );
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

describe('a time budget', () => {
  it('is what one task can use up: each try to its timeout, each delay at its longest', () => {
    const retry = { retries: 2, firstDelayMs: 1_000, backoffRate: 2, maxDelayMs: 1_500 };
    const one: SagaTask = {
      name: 'one',
      does: '',
      timeoutMs: 5_000,
      outcomes: { Busy: { route: 'halt', retry: { ...retry, retries: 1 } } },
      fault: { retry, route: 'halt' },
    };
    const small: Saga = { ...sagas.payment, steps: [one], fail: one, suspend: one };
    // Three tries and one more, with 1 s + 1.5 s and 1 s between them.
    expect(worstCaseOf(small).totalMs).toBe(20_000 + 2_500 + 1_000);
  });

  it('has no bound when a saga can come back to a task', () => {
    const { fail } = sagas.payment;
    const circling: SagaTask = { ...fail, fault: { ...fail.fault, route: 'undo' } };
    expect(() => worstCaseOf({ ...sagas.payment, fail: circling })).toThrow(
      'the saga payment can come back to fail',
    );
  });
});
