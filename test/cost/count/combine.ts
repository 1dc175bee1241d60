import type { Counts, FunctionCounts } from '../../../docs/cost/counts.ts';

/** Number by number the lower median; what one has not got is 0 there, and what most have not got is left out. */
export function medianOf(all: readonly Counts[]): Counts {
  return median(all) as Counts;
}

function median(values: readonly unknown[]): unknown {
  const some = values.find((value) => value !== undefined);
  if (typeof some === 'number') {
    const numbers = values.map((value) => (value === undefined ? 0 : (value as number)));
    return numbers.sort((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
  }
  const records = values.map((value) => (value ?? {}) as Readonly<Record<string, unknown>>);
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
  return Object.fromEntries(
    names
      .filter((name) => 2 * records.filter((record) => name in record).length > records.length)
      .map((name) => [name, median(records.map((record) => record[name]))]),
  );
}

/**
 * Of times the least: what else a machine is busy with makes them longer, and nothing shorter.
 */
export function leastOf(counts: Counts, all: readonly Counts[]): Counts {
  const least = (name: string, of: (each: FunctionCounts) => number): number =>
    Math.min(...all.flatMap(({ functions }) => (functions[name] ? [of(functions[name])] : [])));
  return {
    ...counts,
    functions: Object.fromEntries(
      Object.entries(counts.functions).map(([name, each]) => [
        name,
        {
          ...each,
          emulator_ms: least(name, ({ emulator_ms }) => emulator_ms),
          cpu_ms: least(name, ({ cpu_ms }) => cpu_ms),
        },
      ]),
    ),
    machines: Object.fromEntries(
      Object.entries(counts.machines).map(([name, each]) => [
        name,
        {
          ...each,
          billed_ms: Math.min(...all.flatMap(({ machines }) => machines[name]?.billed_ms ?? [])),
        },
      ]),
    ),
  };
}
