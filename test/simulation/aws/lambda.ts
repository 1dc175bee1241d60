import type { Context } from 'aws-lambda';
import { type Core, type Effect, type Process, startProcess } from '../kernel/process.ts';

/** A function as Lambda calls it. */
export type Handler = (event: never, context: Context) => Promise<unknown>;

/** What a function's environment gives to its handler: effects of whatever invocation runs in it. */
export interface Environment {
  readonly effect: <T>(effect: Effect<T>) => Promise<T>;
  /** The invocation that runs. @throws Error when none does */
  readonly process: () => Process;
}

/** A function as it is deployed. */
export interface Deployed {
  readonly name: string;
  readonly timeoutMs: number;
  /** Loads it into a fresh environment. */
  readonly load: (environment: Environment) => Handler;
}

/** What whoever invoked a function is told. */
export type Answer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: string; readonly message: string };

export interface Invocation {
  readonly function: string;
  /** Its own in the run. */
  readonly name: string;
  readonly event: unknown;
}

/** Functions, each in environments that serve one invocation at a time, and stay warm. */
export interface Lambda {
  /** @param then told once, unless nobody can know any more what became of it */
  readonly invoke: (invocation: Invocation, then: (answer: Answer) => void) => void;
  /** Invocations that have neither ended nor died. */
  readonly running: () => readonly Process[];
}

interface Loaded {
  handler: Handler;
  /** How far off the clock of its machine is. */
  readonly skewMs: number;
  process: Process | null;
}

/** No timer of its own may run, so it is told no time that remains. */
const context = {
  functionName: 'function',
  memoryLimitInMB: '512',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:function',
  awsRequestId: 'invocation',
} as Context;

export function lambda(core: Core, functions: ReadonlyMap<string, Deployed>): Lambda {
  const { kernel, faults, dice, timeline } = core;
  const warm = new Map<string, Loaded[]>();
  const loads = new Map<string, number>();
  const running = new Set<Process>();

  const environmentOf = (deployed: Deployed): Loaded => {
    const free = warm.get(deployed.name)?.pop();
    if (free) {
      return free;
    }
    const count = (loads.get(deployed.name) ?? 0) + 1;
    loads.set(deployed.name, count);
    const clock = `clock ${count} of ${deployed.name}`;
    const isSkewed = faults.strike({ key: clock, function: deployed.name }, ['skew']) !== null;
    const loaded: Loaded = {
      handler: async () => {},
      skewMs: isSkewed ? dice.int(clock, -4_000, 4_000) : 0,
      process: null,
    };
    const process = () => {
      if (!loaded.process) {
        throw new Error(`${deployed.name} acts outside of an invocation`);
      }
      return loaded.process;
    };
    loaded.handler = deployed.load({ process, effect: (effect) => process().effect(effect) });
    return loaded;
  };

  const run = (
    deployed: Deployed,
    { name, event }: Invocation,
    answer: (answer: Answer) => void,
  ): void => {
    const environment = environmentOf(deployed);
    const { skewMs } = environment;
    const endsMs = kernel.now() + deployed.timeoutMs;
    const identity = { name, function: deployed.name, skewMs, endsMs };
    const process = startProcess(core, identity, (why) => {
      running.delete(process);
      answer({ kind: 'failed', error: 'Runtime.ExitError', message: why });
    });
    environment.process = process;
    running.add(process);
    timeline.say(name, 'begins');
    kernel.after(deployed.timeoutMs, `timeout of ${name}`, () => {
      const isLate = process.isAlive();
      process.crash(`at its timeout of ${deployed.timeoutMs} ms`);
      return isLate;
    });
    const over = (result: Answer, how: string) => {
      if (process.isAlive()) {
        process.end();
        running.delete(process);
        environment.process = null;
        warm.set(deployed.name, [...(warm.get(deployed.name) ?? []), environment]);
        timeline.say(name, how);
        answer(result);
      }
    };
    environment.handler(event as never, context).then(
      (value) => over({ kind: 'answered', value }, 'ends'),
      (error: Error) =>
        over(
          { kind: 'failed', error: error.name, message: error.message },
          `ends with ${error.name}: ${error.message}`,
        ),
    );
  };

  return {
    running: () => [...running],
    invoke: (invocation, then) => {
      const { function: of, name } = invocation;
      const deployed = functions.get(of);
      if (!deployed) {
        throw new Error(`no function ${of}`);
      }
      const fault = faults.strike({ key: `invocation ${name}`, function: of }, [
        'not_invoked',
        'slow_start',
        'answer_lost',
      ]);
      if (fault === 'not_invoked') {
        timeline.say(name, 'is not invoked: there is no room');
        kernel.after(5, `no room for ${name}`, () =>
          then({
            kind: 'failed',
            error: 'Lambda.TooManyRequestsException',
            message: 'Rate exceeded',
          }),
        );
        return;
      }
      const startsMs = fault === 'slow_start' ? dice.int(`start of ${name}`, 800, 4_000) : 1;
      kernel.after(startsMs, `start of ${name}`, () =>
        run(deployed, invocation, (answer) => {
          const isLost = fault === 'answer_lost' && answer.kind === 'answered';
          if (isLost) {
            timeline.say(name, 'answers, and the answer is lost');
          }
          then(isLost ? { kind: 'failed', error: 'Lambda.Unknown', message: 'no answer' } : answer);
        }),
      );
    },
  };
}
