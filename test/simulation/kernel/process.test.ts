import { describe, expect, it } from 'vitest';
import { aCore, anEffect, increment, runAll } from '../testing/core.ts';
import type { FaultKind, FaultPlan } from './faults.ts';
import { type Core, type Process, startProcess } from './process.ts';

function aProcess(core: Core, name = 'one', crashes: string[] = []): Process {
  return startProcess(
    core,
    { name, function: 'function', skewMs: 0, endsMs: Number.POSITIVE_INFINITY },
    (why) => crashes.push(why),
  );
}

/** A plan in which one call of `name` goes wrong. */
function failing(
  kind: FaultKind,
  nth = 1,
  process = 'one',
  name = 'cell.write',
): Partial<FaultPlan> {
  return {
    rates: { [kind]: 1 },
    only: new Set([`${kind} at ${process} / ${name} ${nth}`]),
  };
}

/** Runs the process that increments a cell, and says all that can be known of it after that. */
async function incremented(plan: Partial<FaultPlan>) {
  const core = aCore(plan);
  const cell = { value: 0 };
  const crashes: string[] = [];
  const noticed: string[] = [];
  const process = aProcess(core, 'one', crashes);
  void increment(process, cell)()
    .then(
      () => noticed.push('done'),
      (error: Error) => noticed.push(error.name),
    )
    .finally(() => noticed.push('finally'));
  await runAll(core);
  return { value: cell.value, crashes, noticed, core };
}

describe('an effect', () => {
  it('happens, and its process is told', async () => {
    expect(await incremented({})).toMatchObject({
      value: 1,
      crashes: [],
      noticed: ['done', 'finally'],
    });
  });

  it('does not happen when its process dies before it, and no code can notice', async () => {
    const { value, crashes, noticed, core } = await incremented(failing('crash_before'));
    expect([value, crashes, noticed]).toEqual([0, ['before cell.write'], []]);
    expect([...core.coverage.hits]).toEqual([['function: before cell.write', 1]]);
  });

  it('has happened when its process dies after it, and no code can notice', async () => {
    const { value, crashes, noticed, core } = await incremented(failing('crash_after'));
    expect([value, crashes, noticed]).toEqual([1, ['after cell.write'], []]);
    expect([...core.coverage.hits]).toEqual([['function: after cell.write', 1]]);
  });

  it('is an error without effect when it is throttled', async () => {
    expect(await incremented(failing('throttle'))).toMatchObject({
      value: 0,
      noticed: ['ThrottlingException', 'finally'],
    });
  });

  it('is an error with its effect when the answer gets lost', async () => {
    expect(await incremented(failing('lost_answer'))).toMatchObject({
      value: 1,
      noticed: ['TimeoutError', 'finally'],
    });
  });

  it('is an error first, and has its effect then, when it is late', async () => {
    const { value, noticed, core } = await incremented(failing('late'));
    expect([value, noticed]).toEqual([1, ['TimeoutError', 'finally']]);
    const told = core.timeline.happenings.map(({ what }) => what);
    expect(told.slice(-2)).toEqual([
      'cell.write fails: no answer, and it is done later',
      'cell.write',
    ]);
  });

  it('is answered with a conflict and has no effect', async () => {
    expect(await incremented(failing('conflict'))).toMatchObject({
      value: 0,
      noticed: ['done', 'finally'],
    });
  });

  it('comes late when its process stands still', async () => {
    const usual = (await incremented({})).core.kernel.now();
    const { value, core } = await incremented(failing('slow'));
    expect(value).toBe(1);
    expect(core.kernel.now()).toBeGreaterThanOrEqual(usual + 500);
  });

  it('that was on its way when its process died arrives or does not', async () => {
    const arrived = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      const core = aCore({}, seed);
      const process = aProcess(core);
      let count = 0;
      void process.effect(anEffect('cell.write', () => ++count));
      process.crash('a test says so');
      await runAll(core);
      arrived.add(count);
    }
    expect(arrived).toEqual(new Set([0, 1]));
  });

  it('of a process that is dead or through is never begun', async () => {
    for (const finish of ['crash', 'end'] as const) {
      const core = aCore();
      const process = aProcess(core);
      process[finish]('now');
      void process.effect(anEffect('cell.write', () => expect.unreachable()));
      await runAll(core);
      expect(core.kernel.steps()).toBe(0);
    }
  });

  it('is a point at which others come between: two that read and write lose an update', async () => {
    const values = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      const core = aCore({}, seed);
      const cell = { value: 0 };
      void increment(aProcess(core, 'one'), cell)();
      void increment(aProcess(core, 'other'), cell)();
      await runAll(core);
      values.add(cell.value);
    }
    expect(values).toEqual(new Set([1, 2]));
  });
});

describe('a fault', () => {
  const rates = { crash_before: 0.2, throttle: 0.2, lost_answer: 0.2 };

  /** Ten processes with ten effects each, whatever happens to them; what went wrong, by name. */
  async function faultsOf(plan: Partial<FaultPlan>): Promise<ReadonlyMap<string, FaultKind>> {
    const core = aCore({ rates, ...plan }, 5);
    for (let index = 0; index < 10; index++) {
      const process = aProcess(core, `process ${index}`);
      void (async () => {
        for (let effect = 0; effect < 10; effect++) {
          await process.effect(anEffect('cell.write', () => {})).catch(() => {});
        }
      })();
    }
    await runAll(core);
    return core.faults.injected;
  }

  it('that is taken away leaves those of all others as they are', async () => {
    const all = [...(await faultsOf({})).keys()];
    expect(all.length).toBeGreaterThan(20);
    const [taken = ''] = all;
    const process = taken.slice(taken.indexOf(' at ') + ' at '.length).split(' / ')[0] ?? '';
    const others = all.filter((name) => !name.includes(`${process} /`));
    const left = await faultsOf({ only: new Set(all.filter((name) => name !== taken)) });
    expect(others.length).toBeGreaterThan(15);
    expect(new Set(left.keys())).toEqual(
      new Set([...left.keys()].filter((name) => name !== taken)),
    );
    expect([...left.keys()].filter((name) => others.includes(name)).sort()).toEqual(others.sort());
  });

  it('strikes at no point when none is allowed, and none after the world is healed', async () => {
    expect((await faultsOf({ only: new Set() })).size).toBe(0);
    expect((await faultsOf({ untilMs: 0 })).size).toBe(0);
    const [all, some] = [await faultsOf({}), await faultsOf({ untilMs: 60 })];
    expect(some.size).toBeGreaterThan(0);
    expect(some.size).toBeLessThan(all.size);
  });

  it('is the same at each call while its function or its port has an outage', async () => {
    for (const target of ['function', 'cell.write']) {
      const outage = { target, kind: 'throttle' as const, fromMs: 0, toMs: 1_000_000 };
      const core = aCore({ outages: [outage] });
      const process = aProcess(core);
      for (let call = 0; call < 3; call++) {
        void process
          .effect(anEffect('cell.write', () => expect.unreachable()))
          .catch((error: Error) => expect(error.name).toBe('ThrottlingException'));
      }
      await runAll(core);
      expect([...core.faults.injected]).toEqual([[`outage 0 of ${target}`, 'outage']]);
    }
  });

  it('is no other when an outage is of something else, or over', async () => {
    const outage = { target: 'another', kind: 'throttle' as const, fromMs: 0, toMs: 1_000_000 };
    const over = { target: 'function', kind: 'throttle' as const, fromMs: 0, toMs: 0 };
    expect((await incremented({ outages: [outage, over] })).value).toBe(1);
  });

  it('goes for the crash point in the focus: the first time, and then every other', async () => {
    const focus = { function: 'function', effect: 'cell.write', kind: 'crash_after' as const };
    const hits = [];
    for (let seed = 1; seed <= 20; seed++) {
      const core = aCore({ focus }, seed);
      for (const name of ['one', 'two']) {
        void increment(aProcess(core, name), { value: 0 })();
        await runAll(core);
      }
      hits.push(core.coverage.hits.get('function: after cell.write'));
    }
    expect(new Set(hits)).toEqual(new Set([1, 2]));
  });
});
