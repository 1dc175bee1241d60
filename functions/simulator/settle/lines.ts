import type {
  SettlementFaultKind,
  SimulatorSettlementBody,
  SimulatorSettlementResource,
} from '../../../shared/contracts/simulator/settlements.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { maxAmountMinor } from '../../../shared/domain/money/currency.ts';
import type { SettlementEntry, SettlementFile } from '../../../shared/ports/simulator-store.ts';

/** A line as it stands in the file; its entry may be wrong on purpose, or invented. */
export interface Line {
  readonly id: string;
  readonly entry: SettlementEntry;
}

type Fault = NonNullable<SimulatorSettlementBody['faults']>[number];
type AppliedFault = SimulatorSettlementResource['faults'][number];

/**
 * The lines of a file: its entries by time, each with the number of its place, and then what its
 * faults make of them. The same entries and faults give the same lines, so a file that is made twice
 * is made of the same bytes.
 */
export function linesOf(
  file: Pick<SettlementFile, 'number' | 'asked' | 'opened'>,
  entries: readonly SettlementEntry[],
): { readonly lines: readonly Line[]; readonly faults: readonly AppliedFault[] } {
  const right = entries
    .toSorted((a, b) => compare(a.time, b.time) || compare(a.id, b.id))
    .map((entry, index) => ({ id: lineId(index), entry }));
  const { faults = [] } = file.asked;
  const targets = targetsOf(faults, right);
  const lines = new Map<string, Line>(right.map((line) => [line.id, line]));
  const applied: AppliedFault[] = [];
  let made = right.length;
  for (const fault of faults) {
    const { kind } = fault;
    const target =
      kind === 'extra_line'
        ? { id: lineId(made++), entry: inventedEntry(file, applied.length, right) }
        : targets.get(fault);
    if (!target) {
      continue;
    }
    const line = kind === 'duplicate_line' ? { ...target, id: lineId(made++) } : target;
    if (kind === 'missing_line') {
      lines.delete(line.id);
    } else {
      lines.set(line.id, { ...line, entry: { ...line.entry, ...wrong[kind]?.(line.entry) } });
    }
    applied.push({ kind, line_id: line.id, operation_id: line.entry.operationId });
  }
  return { lines: [...lines.values()], faults: applied };
}

/** What another's books have in a line instead of ours. */
const wrong: Partial<
  Record<SettlementFaultKind, (entry: SettlementEntry) => Partial<SettlementEntry>>
> = {
  wrong_amount: ({ grossMinor }) => ({
    grossMinor: grossMinor < maxAmountMinor ? grossMinor + 1 : grossMinor - 1,
  }),
  wrong_currency: ({ currency }) => ({ currency: currency === 'EUR' ? 'USD' : 'EUR' }),
};

/**
 * Which line each fault goes into: at most one into a line. Faults that name an operation choose
 * before those that do not; a fault for which there is no line is left out.
 */
function targetsOf(faults: readonly Fault[], lines: readonly Line[]): ReadonlyMap<Fault, Line> {
  const free = new Set(lines);
  const targets = new Map<Fault, Line>();
  const inLines = faults.filter(({ kind }) => kind !== 'extra_line');
  const naming = inLines.filter((fault) => fault.operation_id !== undefined);
  for (const fault of new Set([...naming, ...inLines])) {
    const line = [...free].find(
      ({ entry }) => (fault.operation_id ?? entry.operationId) === entry.operationId,
    );
    if (line) {
      free.delete(line);
      targets.set(fault, line);
    }
  }
  return targets;
}

/** An entry of which nobody else knows. */
function inventedEntry(
  { number, asked, opened }: Pick<SettlementFile, 'number' | 'asked' | 'opened'>,
  index: number,
  others: readonly Line[],
): SettlementEntry {
  const { psp = 'simulator' } = asked;
  const idOf = (what: string) => derivedId('invented', psp, what, String(number), String(index));
  return {
    id: idOf('effect'),
    type: 'capture',
    reference: idOf('reference'),
    operationId: idOf('operation'),
    providerReference: `ch_${idOf('charge')}`,
    grossMinor: 1_000,
    feeMinor: 12,
    currency: others[0]?.entry.currency ?? asked.currencies?.[0] ?? 'EUR',
    time: opened,
  };
}

function lineId(index: number): string {
  return String(index + 1).padStart(6, '0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
