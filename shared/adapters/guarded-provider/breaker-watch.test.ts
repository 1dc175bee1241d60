import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  busy,
  declined,
  done,
  guardedPsp,
  inquiryRequest,
  unknown,
  voidRequest,
} from '../../../test/support/psp/guarded-psp.ts';
import type { OperationOutcome, Provider } from '../../ports/provider.ts';
import { metrics } from '../../runtime/observability.ts';

const stillOpen = { kind: 'busy', reason: 'not sent: the breaker of psp is open' };

type World = ReturnType<typeof guardedPsp>['world'];

const answers = (world: World, ...outcomes: OperationOutcome[]) => {
  const left = [...outcomes];
  world.answer = async () => left.shift() ?? done;
};

/** A PSP whose breaker three calls without an outcome have opened, and the process that called. */
async function anOpenBreaker(limits = {}) {
  const psp = guardedPsp(limits);
  const guarded = psp.process();
  answers(psp.world, unknown, unknown, unknown);
  for (let call = 0; call < 3; call++) {
    await guarded.void(voidRequest);
  }
  psp.world.calls = 0;
  return { ...psp, guarded };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the breaker of a PSP', () => {
  it('opens when as many calls as it takes have no outcome, and stops the next one', async () => {
    const { guarded, world, health } = await anOpenBreaker();
    expect(await guarded.void(voidRequest)).toEqual(stillOpen);
    expect(world.calls).toBe(0);
    expect(await health.breaker('psp')).toMatchObject({ state: 'open', failures: 3 });
  });

  it('opens on failures of several processes, none of which saw enough of them', async () => {
    const { process, world, health } = guardedPsp();
    world.answer = async () => unknown;
    const processes = [process(), process(), process()];
    await Promise.all(processes.map((guarded) => guarded.void(voidRequest)));
    expect(await health.breaker('psp')).toMatchObject({ state: 'open' });
  });

  it.each([
    ['a decline', declined],
    ['busy', busy],
    ['success', done],
  ])('counts no %s', async (_, outcome) => {
    const { process, world, health } = guardedPsp();
    answers(world, unknown, unknown, outcome, outcome, outcome);
    const guarded = process();
    for (let call = 0; call < 5; call++) {
      await guarded.void(voidRequest);
    }
    expect(await health.breaker('psp')).toMatchObject({ state: 'closed', failures: 2 });
  });

  it('counts no call that failed for want of our own time, but any that failed before', async () => {
    const { process, world, health } = guardedPsp();
    world.remainingMs = 900;
    const takes = (tookMs: number) => async () => {
      world.nowMs += tookMs;
      return unknown;
    };
    world.answer = takes(600);
    await process().void(voidRequest);
    expect(await health.breaker('psp')).toMatchObject({ failures: 0 });
    world.answer = takes(599);
    await process().void(voidRequest);
    expect(await health.breaker('psp')).toMatchObject({ failures: 1 });
    world.remainingMs = 1_300;
    world.answer = takes(1_000);
    await process().void(voidRequest);
    expect(await health.breaker('psp')).toMatchObject({ failures: 2 });
  });

  it('is heeded by another process within a second', async () => {
    const { process, world, health } = guardedPsp();
    const other = process();
    await other.void(voidRequest);
    for (const kind of ['start_window', 'count', 'count'] as const) {
      const window = { atMs: world.nowMs, endedStartMs: world.nowMs - 10_000 };
      await health.change('psp', { kind, ...window });
    }
    const untilMs = world.nowMs + 5_000;
    await health.change('psp', { kind: 'open', atMs: world.nowMs, failures: 3, untilMs });
    world.nowMs += 999;
    expect(await other.void(voidRequest)).toEqual(done);
    world.nowMs += 1;
    expect(await other.void(voidRequest)).toEqual(stillOpen);
  });

  it('does not stop an inquiry: it is how the outage is cleared up', async () => {
    const { guarded, world } = await anOpenBreaker();
    expect(await guarded.inquire(inquiryRequest)).toEqual({ kind: 'not_found' });
    expect(world.calls).toBe(1);
  });

  it('costs at most one read a second and no write, while all goes well', async () => {
    const { process, world, health } = guardedPsp();
    const reading = vi.spyOn(health, 'breaker');
    const writing = vi.spyOn(health, 'change');
    const guarded = process();
    for (let call = 0; call < 20; call++) {
      await guarded.void(voidRequest);
      world.nowMs += 100;
    }
    expect(reading).toHaveBeenCalledTimes(2);
    expect(writing).not.toHaveBeenCalled();
  });
});

describe('after the cool-down of a breaker', () => {
  it('one call of all processes goes out, and the others wait for what it sees', async () => {
    const { process, world } = await anOpenBreaker();
    world.nowMs += 5_000;
    let end: (outcome: OperationOutcome) => void = () => {};
    const answer = new Promise<OperationOutcome>((resolve) => {
      end = resolve;
    });
    world.answer = () => answer;
    const probes = Array.from({ length: 5 }, () => process().void(voidRequest));
    await expect.poll(() => world.calls).toBe(1);
    end(done);
    const outcomes = await Promise.all(probes);
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'busy')).toHaveLength(4);
    expect(world.calls).toBe(1);
  });

  it.each([
    ['success', done],
    ['a decline', declined],
  ])('%s closes it for all', async (_, outcome) => {
    const { process, guarded, world } = await anOpenBreaker();
    world.nowMs += 5_000;
    answers(world, outcome);
    expect(await guarded.void(voidRequest)).toEqual(outcome);
    expect(await process().void(voidRequest)).toEqual(done);
  });

  it('a failure opens it for another cool-down', async () => {
    const { process, guarded, world } = await anOpenBreaker();
    world.nowMs += 5_000;
    answers(world, unknown);
    await guarded.void(voidRequest);
    world.nowMs += 4_999;
    expect(await process().void(voidRequest)).toEqual(stillOpen);
    world.nowMs += 1;
    expect(await process().void(voidRequest)).toEqual(done);
  });

  it('an answer that says neither lets the next call try at once', async () => {
    const { process, guarded, world, health } = await anOpenBreaker();
    world.nowMs += 5_000;
    answers(world, busy);
    await guarded.void(voidRequest);
    expect(await health.breaker('psp')).toMatchObject({ state: 'open' });
    expect(await process().void(voidRequest)).toEqual(done);
    expect(await health.breaker('psp')).toMatchObject({ state: 'closed' });
  });

  it('a process that crashed with the probe holds it no longer than a call can take', async () => {
    const { process, world } = await anOpenBreaker();
    world.nowMs += 5_000;
    world.answer = () => new Promise(() => {});
    void process().void(voidRequest);
    await expect.poll(() => world.calls).toBe(1);
    answers(world, done);
    world.nowMs += 1_999;
    expect(await process().void(voidRequest)).toEqual(stillOpen);
    world.nowMs += 1;
    expect(await process().void(voidRequest)).toEqual(done);
  });

  it('a call that gets no slot does not take the probe', async () => {
    const { process, world, health } = await anOpenBreaker({ slots: 1 });
    world.nowMs += 5_000;
    const { nowMs } = world;
    await health.takeSlot('psp', 0, { holder: 'another', nowMs, untilMs: nowMs + 1_000 });
    expect(await process().void(voidRequest)).toMatchObject({ kind: 'busy' });
    expect(await health.breaker('psp')).toMatchObject({ state: 'open' });
  });
});

describe('what is counted of a breaker', () => {
  it('is that it opened, and that it did so again, by the process that did it alone', async () => {
    const counted = vi.spyOn(metrics, 'addMetric');
    const opened = () => counted.mock.calls.filter(([name]) => name === 'BreakerOpened').length;
    const { process, world, health, provider } = guardedPsp();
    world.answer = async () => unknown;
    const failing: Provider = provider;
    await Promise.all(Array.from({ length: 6 }, () => process(health, failing).void(voidRequest)));
    expect(opened()).toBe(1);
    world.nowMs += 5_000;
    await process().void(voidRequest);
    expect(opened()).toBe(2);
    world.nowMs += 5_000;
    world.answer = async () => busy;
    await process().void(voidRequest);
    world.answer = async () => done;
    await process().void(voidRequest);
    expect(opened()).toBe(2);
  });
});
