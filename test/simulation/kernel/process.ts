import type { Coverage } from './coverage.ts';
import type { Dice } from './dice.ts';
import type { FaultKind, Faults } from './faults.ts';
import type { Kernel } from './kernel.ts';
import type { Timeline } from './timeline.ts';

/** What every part of a run works with. */
export interface Core {
  readonly seed: number;
  readonly dice: Dice;
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly timeline: Timeline;
  readonly coverage: Coverage;
  /** The call that is being done now, by its key: for what is decided behind its port. */
  readonly acting: { key: string };
}

/** A call of a port's method, as a process makes it. */
export interface Effect<T> {
  /** `<port>.<method>`. */
  readonly name: string;
  /** Does it, at one instant: it waits for nothing but itself. */
  readonly act: () => Promise<T>;
  /** What can go wrong with it, besides its process. */
  readonly kinds: readonly FaultKind[];
  /** What a call is answered that meets a conflict. */
  readonly conflict?: T;
  /** What was asked and answered, in words. */
  readonly say: (answer: T) => string;
}

/** The error of a call that was refused, or that was not answered. */
export class CallFailed extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** One run of a function: it acts on the world by effects alone, each in a turn of its own. */
export interface Process {
  readonly name: string;
  readonly function: string;
  readonly isAlive: () => boolean;
  /** How far off its clock is. */
  readonly skewMs: number;
  /** When it is ended, by virtual time. */
  readonly endsMs: number;
  /** What the n-th of something of this process is keyed by. */
  readonly keyOf: (what: string) => string;
  /** Has its turn come, and then its answer, unless the process died meanwhile: then never. */
  readonly effect: <T>(effect: Effect<T>) => Promise<T>;
  /** Ends it in the middle: none of its promises is ever kept, and nothing of it can notice. */
  readonly crash: (why: string) => void;
  /** It is through. What it had sent and not waited for may yet arrive. */
  readonly end: () => void;
}

const crashes = ['crash_before', 'crash_after', 'slow'] as const satisfies readonly FaultKind[];

/** Most calls take moments; some take long enough to meet what comes much later. */
function latencyMs({ dice }: Core, key: string): number {
  const drawn = dice.unit(`latency ${key}`);
  return 1 + drawn ** 6 * 400 + drawn * 12;
}

/** @param onCrash told once, when the process dies in the middle */
export function startProcess(
  core: Core,
  { name, function: of, skewMs, endsMs }: Pick<Process, 'name' | 'function' | 'skewMs' | 'endsMs'>,
  onCrash: (why: string) => void,
): Process {
  const { dice, kernel, faults, timeline, coverage } = core;
  const counts = new Map<string, number>();
  let state: 'running' | 'ended' | 'crashed' = 'running';

  const keyOf = (what: string) => {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return `${name} / ${what} ${count}`;
  };
  const crash = (why: string) => {
    if (state === 'running') {
      state = 'crashed';
      timeline.say(name, `dies: ${why}`);
      onCrash(why);
    }
  };
  const dies = (effect: string, when: 'before' | 'after') => {
    if (state === 'running') {
      coverage.hit({ function: of, effect, when });
      crash(`${when} ${effect}`);
    }
  };

  function turn<T>(
    effect: Effect<T>,
    key: string,
    kept: { resolve: (answer: T) => void; reject: (error: Error) => void },
    fault: FaultKind | null,
  ): void {
    const { name: called, act, say } = effect;
    const perform = (then: (answer: T) => void) => {
      core.acting.key = key;
      act().then(
        (answer) => {
          timeline.say(name, `${called}${say(answer)}`);
          then(answer);
        },
        (error: Error) => {
          timeline.say(name, `${called} fails: ${error.message}`);
          if (state === 'running') {
            kept.reject(error);
          }
        },
      );
    };
    const fail = (as: string, message: string) => {
      timeline.say(name, `${called} fails: ${message}`);
      kept.reject(new CallFailed(as, message));
    };
    if (state !== 'running') {
      // It was on its way when the process ended, and arrives or does not.
      if (dice.chance(`on its way ${key}`, 0.5)) {
        perform(() => {});
      }
      return;
    }
    const outcomes: Partial<Record<FaultKind, () => void>> = {
      crash_before: () => dies(called, 'before'),
      // Done first, and told first: a timeline is read in that order.
      crash_after: () => perform(() => dies(called, 'after')),
      throttle: () => fail('ThrottlingException', 'throttled'),
      conflict: () => {
        timeline.say(name, `${called} meets a conflict, without another writer`);
        kept.resolve(effect.conflict as T);
      },
      lost_answer: () => perform(() => fail('TimeoutError', 'no answer, though it was done')),
      late: () => {
        kernel.after(dice.int(`late ${key}`, 5, 4_000), `late ${key}`, () => {
          perform(() => {});
        });
        fail('TimeoutError', 'no answer, and it is done later');
      },
    };
    const asAsked = () => perform(kept.resolve);
    const outcome = fault === null ? asAsked : (outcomes[fault] ?? asAsked);
    outcome();
  }

  return {
    name,
    function: of,
    isAlive: () => state === 'running',
    skewMs,
    endsMs,
    keyOf,
    effect: <T>(effect: Effect<T>) =>
      new Promise<T>((resolve, reject) => {
        if (state !== 'running') {
          return;
        }
        const key = keyOf(effect.name);
        const point = { key, function: of, effect: effect.name };
        const fault = faults.strike(point, [...crashes, ...effect.kinds]);
        const standsStillMs = fault === 'slow' ? dice.pick(`slow ${key}`, pauses) : 0;
        if (standsStillMs > 0) {
          timeline.say(name, `stands still for ${standsStillMs} ms before ${effect.name}`);
        }
        kernel.after(latencyMs(core, key) + standsStillMs, key, () =>
          turn(effect, key, { resolve, reject }, fault),
        );
      }),
    crash,
    end: () => {
      state = state === 'running' ? 'ended' : state;
    },
  };
}

const pauses = [500, 1_500, 4_000, 7_000, 12_000, 40_000] as const;
