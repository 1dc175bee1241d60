import { describe, expect, it } from 'vitest';
import { paymentSaga } from './payment-saga.ts';
import { type SagaNode, sagaNodes, type Target } from './routes.ts';
import type { Outcome, Route, Saga, SagaTask } from './table.ts';

const nodes = sagaNodes(paymentSaga);
const task = (name: string): Target => ({ to: 'task', name });
const end = (result: 'succeeded' | 'stopped' | 'failed'): Target => ({ to: 'end', result });

function nodeOf(name: string, of: readonly SagaNode[] = nodes): SagaNode {
  const node = of.find((candidate) => candidate.task.name === name);
  if (!node) {
    throw new Error(`no node ${name}`);
  }
  return node;
}

function waysOut(node: SagaNode): Target[] {
  return [node.onSuccess, ...Object.values(node.onOutcome), node.onFault];
}

function nextNames(node: SagaNode): string[] {
  return waysOut(node).flatMap((target) => (target.to === 'task' ? [target.name] : []));
}

describe('the routes of the payment saga', () => {
  // Written out by hand from what `Route` says, so that a change of the table has to be meant.
  it.each([
    ['assess-risk', 'success', task('reserve')],
    ['assess-risk', 'RiskRefused', task('fail')],
    ['assess-risk', 'Superseded', end('stopped')],
    ['assess-risk', 'fault', task('fail')],
    ['reserve', 'success', task('charge')],
    ['reserve', 'Superseded', end('stopped')],
    ['reserve', 'fault', task('release')],
    ['charge', 'success', end('succeeded')],
    ['charge', 'Declined', task('release')],
    ['charge', 'ProviderBusy', task('release')],
    ['charge', 'OutcomeUnknown', task('suspend')],
    ['charge', 'ChargeMismatch', task('reverse')],
    ['charge', 'ReservationReleased', task('release')],
    ['charge', 'Superseded', end('stopped')],
    ['charge', 'fault', task('suspend')],
    ['reverse', 'success', task('release')],
    ['reverse', 'ProviderBusy', task('suspend')],
    ['reverse', 'OutcomeUnknown', task('suspend')],
    ['reverse', 'ReversalRefused', end('failed')],
    ['reverse', 'Superseded', end('stopped')],
    ['reverse', 'fault', task('suspend')],
    ['release', 'success', task('fail')],
    ['release', 'Superseded', end('stopped')],
    ['release', 'fault', end('failed')],
    ['fail', 'success', end('succeeded')],
    ['fail', 'Superseded', end('stopped')],
    ['fail', 'fault', end('failed')],
    ['suspend', 'success', end('succeeded')],
    ['suspend', 'Superseded', end('stopped')],
    ['suspend', 'fault', end('failed')],
  ])('%s on %s', (name, outcome, target) => {
    const node = nodeOf(name);
    expect(
      outcome === 'success'
        ? node.onSuccess
        : outcome === 'fault'
          ? node.onFault
          : node.onOutcome[outcome],
    ).toEqual(target);
  });

  it('are all in the list above', () => {
    expect(nodes.flatMap(waysOut)).toHaveLength(30);
  });

  it('start at the first step, and have one node a task', () => {
    expect(nodes.map(({ task: { name }, role }) => [name, role])).toEqual([
      ['assess-risk', 'step'],
      ['reserve', 'step'],
      ['charge', 'step'],
      ['reverse', 'undo'],
      ['release', 'undo'],
      ['fail', 'fail'],
      ['suspend', 'suspend'],
    ]);
  });

  it('reach every task, and only tasks that are there', () => {
    const reached = new Set<string>();
    const visit = (name: string): void => {
      if (!reached.has(name)) {
        reached.add(name);
        nextNames(nodeOf(name)).forEach(visit);
      }
    };
    visit('assess-risk');
    expect([...reached].sort()).toEqual(nodes.map((node) => node.task.name).sort());
  });

  it('have no cycle: an execution ends whatever happens', () => {
    const walk = (name: string, path: readonly string[]): void => {
      expect(path).not.toContain(name);
      for (const next of nextNames(nodeOf(name))) {
        walk(next, [...path, name]);
      }
    };
    walk('assess-risk', []);
  });

  it('lead every undo that succeeds to fail, latest step first', () => {
    const chainFrom = (name: string): string[] => {
      const { onSuccess } = nodeOf(name);
      return onSuccess.to === 'end' ? [name] : [name, ...chainFrom(onSuccess.name)];
    };
    expect(chainFrom('reverse')).toEqual(['reverse', 'release', 'fail']);
  });

  it('have retries that grow up to a cap, and no step longer than a minute', () => {
    for (const { task: of } of nodes) {
      const policies = [
        of.fault.retry,
        ...Object.values<Outcome>(of.outcomes).flatMap(({ retry }) => retry ?? []),
      ];
      for (const { retries, firstDelayMs, backoffRate, maxDelayMs } of policies) {
        expect(retries).toBeGreaterThan(0);
        expect(firstDelayMs).toBeLessThanOrEqual(maxDelayMs);
        expect(backoffRate).toBeGreaterThan(1);
      }
      // Design, section 4: no wait of a payment's machine is longer than a minute.
      expect(of.timeoutMs).toBeLessThanOrEqual(60_000);
    }
  });

  it('never try again what may have taken effect', () => {
    for (const { task: of } of nodes) {
      const tried = Object.entries<Outcome>(of.outcomes).flatMap(([name, { retry }]) =>
        retry ? [name] : [],
      );
      expect(tried.filter((name) => name !== 'ProviderBusy')).toEqual([]);
    }
  });
});

describe('the routes of any saga', () => {
  const retry = { retries: 1, firstDelayMs: 1, backoffRate: 2, maxDelayMs: 2 };
  const aTask = (name: string, route: Route): SagaTask => ({
    name,
    does: '',
    timeoutMs: 1,
    outcomes: { Outcome: { route } },
    fault: { retry, route },
  });
  const sagaOf = (route: Route): Saga => ({
    name: 'test',
    subject: 'payment',
    startedBy: ['test.began'],
    steps: [
      { ...aTask('one', route), undo: aTask('undo one', 'halt') },
      aTask('two', route),
      { ...aTask('three', route), undo: aTask('undo three', 'halt') },
      aTask('four', route),
    ],
    fail: aTask('fail', 'halt'),
    suspend: aTask('suspend', 'halt'),
  });

  it.each([
    ['undo', 'undo one', 'undo one', 'undo three', 'undo three'],
    ['undo-earlier', 'fail', 'undo one', 'undo one', 'undo three'],
  ] as const)('with %s go back over steps that have nothing to undo', (route, ...targets) => {
    const of = sagaNodes(sagaOf(route));
    for (const [index, name] of ['one', 'two', 'three', 'four'].entries()) {
      expect(nodeOf(name, of).onFault).toEqual(task(targets[index] ?? ''));
      expect(nodeOf(name, of).onOutcome.Outcome).toEqual(task(targets[index] ?? ''));
    }
    expect(nodeOf('undo three', of).onSuccess).toEqual(task('undo one'));
    expect(nodeOf('undo one', of).onSuccess).toEqual(task('fail'));
  });

  it.each([
    ['suspend', task('suspend')],
    ['stop', end('stopped')],
    ['halt', end('failed')],
  ] as const)('with %s leave at once', (route, target) => {
    for (const node of sagaNodes(sagaOf(route)).slice(0, 4)) {
      expect([node.onFault, node.onOutcome.Outcome]).toEqual([target, target]);
    }
  });
});
