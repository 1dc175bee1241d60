import './environment.ts';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChaosStack } from '../chaos/stack/chaos-stack.ts';
import { benchHandlers } from './handlers/bench-handlers.ts';
import { benchInit } from './init.ts';
import { benchLatency } from './latency.ts';
import { benchLedger } from './ledger.ts';
import { benchLongHistories } from './long-histories.ts';
import { benchPolicies } from './policies.ts';
import { jsonOf, pageWith, textOf } from './report.ts';
import { benchSimulation } from './simulation.ts';
import type { Section } from './timing.ts';

/*
 * Figures, each beside a reference measured in the same run, as machines differ and are shared. What
 * needs no stack comes first.
 */

const sections = {
  handlers: async () => [await benchHandlers()],
  policies: async () => [await benchPolicies()],
  histories: async () => [await benchLongHistories()],
  init: async () => [await benchInit()],
  simulation: async () => [await benchSimulation()],
  stack: benchStack,
} as const satisfies Record<string, () => Promise<readonly Section[]>>;

export type SectionName = keyof typeof sections;
const sectionNames = Object.keys(sections) as SectionName[];

/** What is measured on a LocalStack of this run's own. */
async function benchStack(): Promise<readonly Section[]> {
  const stack = await startChaosStack();
  try {
    const [apiKey] = stack.apiKeys.values();
    const latency = await benchLatency(stack.apiUrl, apiKey ?? '');
    return [latency, await benchLedger(stack.aws.dynamo, stack.output('LedgerTableName'))];
  } finally {
    await stack.stop(false);
  }
}

export interface BenchRequest {
  /** Undefined: all of them. */
  readonly only: readonly SectionName[] | undefined;
  readonly json: boolean;
  /** Puts what was measured into docs/performance.md. */
  readonly write: boolean;
}

/** Measures, and prints what was measured. */
export async function runBench({ only, json, write }: BenchRequest): Promise<number> {
  const measured: Section[] = [];
  for (const name of only ?? sectionNames) {
    for (const section of await sections[name]()) {
      measured.push(section);
      if (!json) {
        console.log(textOf(section));
      }
    }
  }
  const time = new Date().toISOString();
  if (json) {
    console.log(jsonOf(time, measured));
  }
  if (write) {
    const file = join(import.meta.dirname, '../../docs/performance.md');
    writeFileSync(file, pageWith(readFileSync(file, 'utf8'), time, measured));
  }
  return 0;
}
