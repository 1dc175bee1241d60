import type { InvariantName } from '../invariants/invariant.ts';
import { invariants } from '../invariants/invariants.ts';
import { type CrashPoint, coverage } from '../kernel/coverage.ts';
import { type Dice, diceOf } from '../kernel/dice.ts';
import { type FaultKind, type FaultPlan, faults } from '../kernel/faults.ts';
import { kernel as newKernel } from '../kernel/kernel.ts';
import type { Core } from '../kernel/process.ts';
import { timeline } from '../kernel/timeline.ts';
import { nameIds, startClients } from '../world/clients.ts';
import { startClock } from '../world/clock.ts';
import { startPeople } from '../world/people.ts';
import { planOf } from '../world/plan.ts';
import { startSettlement } from '../world/settlement.ts';
import { buildWorld, type World } from '../world/world.ts';
import { faultPlanOf, wantedBy } from './fault-plan.ts';
import { listen } from './listen.ts';

/** One in so many runs has its logger speak. */
const listens = 16;

/** Which run it is: the same seed is the same run, unless something of it is left out. */
export interface RunOptions {
  readonly seed: number;
  /** The crash points that there are; with none, a run goes for none. */
  readonly points: readonly CrashPoint[];
  /** When given: the faults that may strike, by their names. */
  readonly faults?: ReadonlySet<string>;
  /** When given: what clients do, by name. */
  readonly commands?: ReadonlySet<string>;
  /** Gets the world before anything happens in it. */
  readonly watch?: (world: World) => void;
}

/** What broke, and what somebody wants to know of it. */
export interface Broken {
  readonly invariant: InvariantName;
  readonly detail: string;
  readonly atMs: number;
}

/** What a run came to. */
export interface RunResult {
  readonly seed: number;
  readonly steps: number;
  /** In virtual milliseconds. */
  readonly lastedMs: number;
  readonly broken: Broken | null;
  /** By name, in the order in which they struck. */
  readonly faults: ReadonlyMap<string, FaultKind>;
  /** What clients did, by name. */
  readonly commands: readonly string[];
  /** Crash points that were met, by name, and how often. */
  readonly hits: ReadonlyMap<string, number>;
  /** How often each invariant was checked. */
  readonly checked: ReadonlyMap<InvariantName, number>;
  /** Equal for equal runs. */
  readonly hash: number;
  readonly text: () => string;
}

function coreOf(seed: number, dice: Dice, plan: FaultPlan, names: Map<string, string>): Core {
  const kernel = newKernel();
  return {
    seed,
    dice,
    kernel,
    faults: faults(dice, kernel.now, plan),
    timeline: timeline(kernel.now, names),
    coverage: coverage(),
    acting: { key: '' },
  };
}

/** Runs a seed to its end: faults for a while, then none, until nothing is left to happen. */
export async function runSeed(options: RunOptions): Promise<RunResult> {
  const names = new Map<string, string>();
  const dice = diceOf(options.seed);
  const faultPlan = faultPlanOf(options.seed, dice, options.points, options.faults);
  const core = coreOf(options.seed, dice, faultPlan, names);
  const { kernel, timeline: history } = core;
  const listening = dice.chance('listens', 1 / listens) ? listen() : null;
  const world = buildWorld(core, names, listening?.lines ?? []);
  options.watch?.(world);
  const plan = planOf(dice, wantedBy(faultPlan), options.commands);
  nameIds(plan, names);
  const clock = startClock(core, world);
  startPeople(core, world, faultPlan.untilMs);
  startSettlement(core, world, plan.settlementsMs);
  startClients(core, world, plan);

  const checks = checksOf(world, kernel.now);
  let broken: Broken | null = null;
  try {
    await kernel.run(
      () => broken !== null,
      async () => {
        const changes = world.pump();
        if (changes > 0) {
          clock.wrote();
          broken = await checks.run('step');
        }
      },
    );
    broken ??= await checks.run('end');
    const [left] = world.functions.running();
    if (left && !broken) {
      throw new Error(`${left.name} waits for something that is no effect`);
    }
  } catch (error) {
    broken = {
      invariant: 'the run ends',
      detail: (error as Error).stack ?? '',
      atMs: kernel.now(),
    };
  } finally {
    listening?.end();
  }
  return {
    seed: options.seed,
    steps: kernel.steps(),
    lastedMs: kernel.now(),
    broken,
    faults: core.faults.injected,
    commands: [...plan.payments, ...plan.operations, ...plan.payouts].map(({ name }) => name),
    hits: core.coverage.hits,
    checked: checks.counts,
    hash: history.hash(),
    text: history.text,
  };
}

/** Has the invariants watch a world. What breaks first is what broke. */
function checksOf(world: World, now: () => number) {
  const checks = invariants.map(({ name, check }) => ({ name, ...check(world) }));
  const counts = new Map<InvariantName, number>();
  return {
    counts,
    run: async (when: 'step' | 'end'): Promise<Broken | null> => {
      for (const { name, [when]: holds } of checks) {
        if (holds) {
          counts.set(name, (counts.get(name) ?? 0) + 1);
          try {
            await holds();
          } catch (error) {
            return { invariant: name, detail: (error as Error).message, atMs: now() };
          }
        }
      }
      return null;
    },
  };
}

/** Every crash point that there is: each function is loaded once, and nothing is run. */
export function crashPoints(): readonly CrashPoint[] {
  const dice = diceOf(0);
  const core = coreOf(0, dice, faultPlanOf(0, dice, []), new Map());
  buildWorld(core, new Map(), []).loadAll();
  return core.coverage.existing();
}
