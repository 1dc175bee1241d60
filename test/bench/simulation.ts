import { createHash } from 'node:crypto';
import { seedsPerMinute } from '../simulation/run/report.ts';
import { simulate } from '../simulation/run/simulate.ts';
import { median, type Section } from './timing.ts';

const seeds = 200;
const digests = 100_000;

/** Milliseconds for so many digests of 1 KiB: work of the processor that every machine has. */
function digestMs(): number {
  const block = Buffer.alloc(1_024, 'x');
  const start = performance.now();
  for (let i = 0; i < digests; i++) {
    createHash('sha256').update(block).digest();
  }
  return performance.now() - start;
}

/** What a seed of the simulation takes, on one core. */
export async function benchSimulation(): Promise<Section> {
  const before = digestMs();
  const report = await simulate({ from: 1, seeds, workers: 1 });
  const reference = median([before, digestMs(), digestMs()]);
  const value = report.tookMs / seeds;
  return {
    title: 'Simulation',
    says: `One worker does ${seedsPerMinute(report)} seeds a minute, each a run of the pipeline with faults held against the invariants. Beside it ${digests.toLocaleString('en')} SHA-256 digests of 1 KiB, which say how fast the machine is.`,
    figures: [{ what: 'a seed', value, unit: 'ms', reference, beside: 'the digests' }],
  };
}
