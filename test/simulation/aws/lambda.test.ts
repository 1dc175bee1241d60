import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../kernel/faults.ts';
import { aCore, anEffect, runAll } from '../testing/core.ts';
import { type Answer, type Deployed, lambda } from './lambda.ts';

/** A function that counts how often it was loaded and called, and has one effect a call. */
function counting(timeoutMs = 1_000) {
  const seen = { loaded: 0, called: 0, effects: 0 };
  const deployed: Deployed = {
    name: 'counting',
    timeoutMs,
    load: ({ effect }) => {
      seen.loaded += 1;
      return async () => {
        seen.called += 1;
        await effect(
          anEffect('port.write', () => {
            seen.effects += 1;
          }),
        );
        return 'done';
      };
    },
  };
  return { seen, deployed };
}

async function invoked({
  faults = [],
  times = 1,
  deployed,
}: {
  readonly faults?: readonly [FaultKind, string][];
  readonly times?: number;
  readonly deployed: Deployed;
}) {
  const core = aCore({
    rates: Object.fromEntries(faults.map(([kind]) => [kind, 1])),
    only: new Set(faults.map(([kind, key]) => `${kind} at ${key}`)),
  });
  const functions = lambda(core, new Map([[deployed.name, deployed]]));
  const answers: Answer[] = [];
  for (let index = 1; index <= times; index++) {
    functions.invoke({ function: deployed.name, name: `call ${index}`, event: {} }, (answer) =>
      answers.push(answer),
    );
    await runAll(core);
  }
  return { answers, running: functions.running(), core };
}

describe('an invocation', () => {
  it('runs in an environment that stays warm for the next', async () => {
    const { seen, deployed } = counting();
    const { answers, running } = await invoked({ deployed, times: 3 });
    expect(answers).toEqual(Array(3).fill({ kind: 'answered', value: 'done' }));
    expect([seen, running]).toEqual([{ loaded: 1, called: 3, effects: 3 }, []]);
  });

  it('that crashes is a failure to whom invoked it, and leaves no environment', async () => {
    const { seen, deployed } = counting();
    const faults: [FaultKind, string][] = [['crash_before', 'call 1 / port.write 1']];
    const { answers } = await invoked({ deployed, times: 2, faults });
    expect(answers).toEqual([
      { kind: 'failed', error: 'Runtime.ExitError', message: 'before port.write' },
      { kind: 'answered', value: 'done' },
    ]);
    expect(seen).toEqual({ loaded: 2, called: 2, effects: 1 });
  });

  it('that takes longer than it may is ended', async () => {
    const { seen, deployed } = counting(100);
    const faults: [FaultKind, string][] = [['slow', 'call 1 / port.write 1']];
    const { answers, core } = await invoked({ deployed, faults });
    expect(answers).toMatchObject([{ error: 'Runtime.ExitError' }]);
    expect(answers).toMatchObject([{ message: 'at its timeout of 100 ms' }]);
    // What it had sent may still arrive.
    expect(seen.effects).toBeLessThanOrEqual(1);
    expect(core.kernel.now()).toBeGreaterThan(100);
  });

  it('that throws is a failure by the name of the error', async () => {
    const deployed: Deployed = {
      name: 'throwing',
      timeoutMs: 1_000,
      load: () => async () => {
        throw new RangeError('too much');
      },
    };
    const { answers } = await invoked({ deployed });
    expect(answers).toEqual([{ kind: 'failed', error: 'RangeError', message: 'too much' }]);
  });

  it('for which there is no room is never run', async () => {
    const { seen, deployed } = counting();
    const faults: [FaultKind, string][] = [['not_invoked', 'invocation call 1']];
    const { answers } = await invoked({ deployed, faults });
    expect(answers).toMatchObject([{ error: 'Lambda.TooManyRequestsException' }]);
    expect(seen.called).toBe(0);
  });

  it('of which the answer gets lost has done what it did', async () => {
    const { seen, deployed } = counting();
    const faults: [FaultKind, string][] = [['answer_lost', 'invocation call 1']];
    const { answers } = await invoked({ deployed, faults });
    expect(answers).toMatchObject([{ kind: 'failed', error: 'Lambda.Unknown' }]);
    expect(seen.effects).toBe(1);
  });

  it('serves one call at a time: another one needs an environment of its own', async () => {
    const { seen, deployed } = counting();
    const core = aCore();
    const functions = lambda(core, new Map([[deployed.name, deployed]]));
    for (const name of ['one', 'other']) {
      functions.invoke({ function: deployed.name, name, event: {} }, () => {});
    }
    await runAll(core);
    expect(seen).toEqual({ loaded: 2, called: 2, effects: 2 });
  });
});
