import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PlantedBug } from '../bugs/bug.ts';
import { bundleSimulation } from './bundle.ts';
import { nothing, type Reply, type Request, sum, type Tally } from './messages.ts';
import type { Shrunk } from './shrink.ts';

export interface SimulateOptions {
  readonly from: number;
  readonly seeds: number;
  readonly workers?: number;
  readonly bug?: PlantedBug | null;
  /** Ends at the first seed that fails: for a bug that is planted. */
  readonly untilFailure?: boolean;
  /** Failures that are made shorter; the first of them. */
  readonly shrinks?: number;
}

/** What a simulation came to. */
export interface SimulationReport extends Tally {
  /** By the real clock, from the first seed to the last: without the bundle. */
  readonly tookMs: number;
  /** The crash points that there are, by name. */
  readonly points: readonly string[];
  readonly shrunk: ReadonlyMap<number, Shrunk>;
}

/** So few that workers end together, and so many that messages cost nothing. */
const chunk = 8;

/** Nothing of a run may say a word, and the console is where a run listens to the logger. */
const env = {
  AWS_REGION: 'us-east-1',
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_METRICS_NAMESPACE: 'Paysaga',
  POWERTOOLS_SERVICE_NAME: 'simulation',
  POWERTOOLS_TRACE_ENABLED: 'false',
};

/** Runs seeds in workers, over one bundle of everything. */
export async function simulate(options: SimulateOptions): Promise<SimulationReport> {
  const folder = await mkdtemp(join(tmpdir(), 'paysaga-simulation-'));
  const file = join(folder, 'worker.cjs');
  const workers: Worker[] = [];
  try {
    await bundleSimulation(file, options.bug ?? null);
    const count = options.workers ?? Math.min(availableParallelism(), 8);
    for (let index = 0; index < count; index++) {
      workers.push(new Worker(file, { env, resourceLimits: { maxOldGenerationSizeMb: 1_024 } }));
    }
    const ready = await Promise.all(workers.map((worker) => next(worker, 'ready')));
    const started = performance.now();
    const tally = await runAll(workers, options);
    const tookMs = performance.now() - started;
    const shrunk = new Map<number, Shrunk>();
    for (const { seed } of tally.failures.slice(0, options.shrinks ?? 1)) {
      const reply = await ask(workers[0] as Worker, { kind: 'shrink', seed }, 'shrunk');
      shrunk.set(seed, reply.shrunk);
    }
    return { ...tally, tookMs, points: ready[0]?.points ?? [], shrunk };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
    await rm(folder, { recursive: true });
  }
}

async function runAll(
  workers: readonly Worker[],
  { from, seeds, untilFailure = false }: SimulateOptions,
): Promise<Tally> {
  let taken = 0;
  let tally = nothing;
  await Promise.all(
    workers.map(async (worker) => {
      while (taken < seeds && !(untilFailure && tally.failures.length > 0)) {
        const first = from + taken;
        const count = Math.min(chunk, seeds - taken);
        taken += count;
        const reply = await ask(worker, { kind: 'run', from: first, count }, 'ran');
        tally = sum(tally, reply.tally);
      }
    }),
  );
  return tally;
}

function ask<K extends Reply['kind']>(worker: Worker, request: Request, kind: K) {
  const reply = next(worker, kind);
  worker.postMessage(request);
  return reply;
}

/** The next message of a worker, which has to be of a kind. */
function next<K extends Reply['kind']>(
  worker: Worker,
  kind: K,
): Promise<Extract<Reply, { readonly kind: K }>> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (reply: Reply) => {
      worker.off('error', reject);
      if (reply.kind === kind) {
        resolve(reply as Extract<Reply, { readonly kind: K }>);
      } else {
        reject(new Error(`a worker answers ${reply.kind}, and not ${kind}`));
      }
    });
  });
}
