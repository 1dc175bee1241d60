import canonicalize from 'canonicalize';
import { stringify } from 'csv-stringify/sync';
import {
  settlementColumns,
  settlementPrefix,
} from '../../../shared/contracts/settlement/settlement.ts';
import type { SimulatorPsp } from '../../../shared/contracts/simulator/common.ts';
import type {
  SimulatorSettlementBody,
  SimulatorSettlementResource,
} from '../../../shared/contracts/simulator/settlements.ts';
import type { SettlementFiles } from '../../../shared/ports/settlement/settlement-files.ts';
import type {
  SettlementEntry,
  SettlementFile,
  SettlementStore,
} from '../../../shared/ports/simulator-store.ts';
import { type Line, linesOf } from './lines.ts';

export interface SettleDependencies {
  /** Whose files they are. */
  readonly psp: SimulatorPsp;
  readonly store: SettlementStore;
  readonly files: Pick<SettlementFiles, 'put'>;
  readonly now: () => Date;
}

/** Whoever was making a file that is not written after this time is gone. Longer than a function runs. */
const abandonedAfterMs = 15 * 60 * 1_000;

/**
 * Writes a settlement file of all that no earlier file has, one per operation however often it is
 * asked for:
 * 1. finish what others have begun and left: their entries are in no other file
 * 2. find the operation's file, or add it to the list of files. The list is a log: a file gets the
 *    next number only if nobody else got it, and whoever did not reads again; so one operation has
 *    one file
 * 3. claim the entries: each is in one file and no other
 * 4. seal the file: what it has is what it will ever have
 * 5. put its lines into the bucket, with the faults asked for, and mark it written
 *
 * Each step can be done again and by several calls at once, to the same bytes.
 *
 * @returns null when the operation has a file that was asked for otherwise
 */
export function settle(deps: SettleDependencies) {
  const { store, now } = deps;
  return async (asked: SimulatorSettlementBody): Promise<SimulatorSettlementResource | null> => {
    await finishAbandoned(deps);
    const file = await fileFor(deps, asked);
    if (canonicalize(file.asked) !== canonicalize(asked)) {
      return null;
    }
    if (file.state === 'open') {
      await store.claim(file.number, (await store.unsettled()).filter(isAskedFor(asked)));
      await store.seal(file.number);
    }
    return finish(deps, file);
  };

  async function finishAbandoned(all: SettleDependencies): Promise<void> {
    const before = now().getTime() - abandonedAfterMs;
    for (const file of await store.files()) {
      if (file.state !== 'written' && Date.parse(file.opened) < before) {
        await store.seal(file.number);
        await finish(all, file);
      }
    }
  }
}

async function fileFor(
  { store, now }: SettleDependencies,
  asked: SimulatorSettlementBody,
): Promise<SettlementFile> {
  // Each conflict is another file that was added, so this ends.
  for (;;) {
    const files = await store.files();
    const known = files.find((file) => file.asked.operation_id === asked.operation_id);
    if (known) {
      return known;
    }
    const file: SettlementFile = {
      number: (files.at(-1)?.number ?? 0) + 1,
      asked,
      opened: now().toISOString(),
      state: 'open',
    };
    if ((await store.add(file)) === 'written') {
      return file;
    }
  }
}

/** Writes a sealed file, unless it is written, and tells what is in it. */
async function finish(
  { psp, store, files }: SettleDependencies,
  file: SettlementFile,
): Promise<SimulatorSettlementResource> {
  const { lines, faults } = linesOf(file, await store.entriesOf(file.number));
  const day = file.opened.slice(0, 'yyyy-mm-dd'.length);
  const number = String(file.number).padStart(6, '0');
  const key = `${settlementPrefix(psp)}${day}-${number}.csv`;
  if (file.state !== 'written') {
    await files.put(key, csvOf(lines));
    await store.markWritten(file.number);
  }
  return { file: key, lines: lines.length, faults: [...faults] };
}

function isAskedFor({ currencies }: SimulatorSettlementBody) {
  return ({ currency }: SettlementEntry) => currencies?.includes(currency) ?? true;
}

/** RFC 4180, by the contract's columns. */
function csvOf(lines: readonly Line[]): string {
  return stringify(lines.map(recordOf), {
    header: true,
    columns: [...settlementColumns],
    record_delimiter: 'windows',
  });
}

function recordOf({ id, entry }: Line): Record<(typeof settlementColumns)[number], string> {
  return {
    line_id: id,
    type: entry.type,
    reference: entry.reference,
    operation_id: entry.operationId,
    provider_reference: entry.providerReference,
    gross: String(entry.grossMinor),
    fee: String(entry.feeMinor),
    currency: entry.currency,
    time: entry.time,
  };
}
