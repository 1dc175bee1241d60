import { parentPort } from 'node:worker_threads';
import { nameOfPoint } from '../kernel/coverage.ts';
import type { Reply, Request, Tally } from './messages.ts';
import { crashPoints, runSeed } from './run-seed.ts';
import { shrink } from './shrink.ts';

const points = crashPoints();

async function tallyOf(from: number, count: number): Promise<Tally> {
  const faults: Record<string, number> = {};
  const hits: Record<string, number> = {};
  const checked: Record<string, number> = {};
  const failures = [];
  let steps = 0;
  const note = (in_: Record<string, number>, name: string, by: number) => {
    in_[name] = (in_[name] ?? 0) + by;
  };
  for (let seed = from; seed < from + count; seed++) {
    const result = await runSeed({ seed, points });
    steps += result.steps;
    for (const kind of result.faults.values()) {
      note(faults, kind, 1);
    }
    for (const [name, times] of result.hits) {
      note(hits, name, times);
    }
    for (const [name, times] of result.checked) {
      note(checked, name, times);
    }
    if (result.broken) {
      failures.push({ seed, broken: result.broken });
    }
  }
  return { seeds: count, steps, faults, hits, checked, failures };
}

const reply = (message: Reply) => parentPort?.postMessage(message);

parentPort?.on('message', async (request: Request) => {
  switch (request.kind) {
    case 'run':
      reply({ kind: 'ran', tally: await tallyOf(request.from, request.count) });
      return;
    case 'shrink': {
      const { seed } = request;
      reply({ kind: 'shrunk', seed, shrunk: await shrink({ seed, points }, runSeed) });
      return;
    }
  }
});

reply({ kind: 'ready', points: points.map(nameOfPoint) });
