import { type Break, operationsTenant } from '../../../domain/settlement/break.ts';
import type { Claim, SettlementChange } from '../../../domain/settlement/decide.ts';
import type { Run } from '../../../domain/settlement/run.ts';
import { type FileLine, type Settled, settledOf } from '../../../domain/settlement/sides.ts';
import type { WriteOutcome } from '../../../ports/ledger.ts';
import type {
  Breaks,
  Page,
  ReconciliationRuns,
  ReconciliationStore,
} from '../../../ports/settlement/reconciliation.ts';
import type { MemoryLedger } from '../ledger.ts';

/** All that reconciliation keeps, for tests to look at. */
export interface MemorySettlements {
  readonly store: ReconciliationStore;
  readonly breaks: Breaks;
  readonly runs: ReconciliationRuns;
  readonly allBreaks: () => readonly Break[];
  readonly allClaims: () => readonly Claim[];
}

/**
 * What reconciliation keeps, in memory: the conditions of the real one, one after the other, with
 * nothing between a check and its write.
 */
export function memorySettlements(ledger: Pick<MemoryLedger, 'write'>): MemorySettlements {
  const claims = new Map<string, Claim>();
  const waiting = new Map<string, FileLine>();
  const breaks = new Map<string, Break>();
  const isOpen = ({ id }: Break) => breaks.get(id)?.status === 'open';
  const waitingFor = (settled: Settled) =>
    [...waiting.values()]
      .filter((line) => nameOf(settledOf(line)) === nameOf(settled))
      .sort((a, b) => (a.file === b.file ? a.number - b.number : a.file < b.file ? -1 : 1));
  const isAsRead = (claim: Claim, replaces: Claim | null) => {
    const now = claims.get(nameOf(claim));
    return now?.file === replaces?.file && now?.line === replaces?.line;
  };
  const holds = ({ claim, replaces, unclaimed, files, closes, absent }: SettlementChange) =>
    (claim === null || isAsRead(claim, replaces)) &&
    (unclaimed === null || !claims.has(nameOf(unclaimed))) &&
    (files === null || !breaks.has(files.id)) &&
    closes.every(isOpen) &&
    !absent.some((id) => breaks.has(id));
  const write = (change: SettlementChange): WriteOutcome => {
    if (!holds(change)) {
      return 'refused';
    }
    const { claim, files, closes, transfers } = change;
    const outcome = ledger.write(transfers);
    if (outcome !== 'written') {
      return outcome;
    }
    if (claim) {
      claims.set(nameOf(claim), claim);
    }
    if (change.waiting) {
      waiting.set(`${change.waiting.file}#${change.waiting.number}`, change.waiting);
    }
    for (const broken of [...(files ? [files] : []), ...closes]) {
      breaks.set(broken.id, broken);
    }
    return 'written';
  };
  return {
    allBreaks: () => [...breaks.values()],
    allClaims: () => [...claims.values()],
    store: {
      look: async (questions) =>
        questions.map(({ settled, breakIds }) => ({
          claim: claims.get(nameOf(settled)) ?? null,
          hasWaiting: waitingFor(settled).length > 0,
          breaks: new Map(
            breakIds.flatMap((id) => {
              const broken = breaks.get(id);
              return broken ? [[id, broken] as const] : [];
            }),
          ),
        })),
      waiting: async (settled) => waitingFor(settled),
      write: async (change) => write(structuredClone(change)),
    },
    breaks: {
      list: async ({ owner, status, limit, after }) => {
        const own = [...breaks.values()].filter(
          (broken) =>
            (owner === operationsTenant || owner === broken.tenant) &&
            (!status || broken.status === status),
        );
        return pageOf(own, ({ created, id }) => `${created}#${id}`, limit, after);
      },
      get: async (id) => breaks.get(id) ?? null,
      resolve: async (closed) => {
        if (!isOpen(closed)) {
          return 'refused';
        }
        breaks.set(closed.id, closed);
        return 'written';
      },
    },
    runs: memoryRuns(),
  };
}

function memoryRuns(): ReconciliationRuns {
  const runs = new Map<string, Run>();
  const lists = new Map<string, Map<string, Run>>();
  const scanned = new Map<string, string>();
  const show = (owner: string, run: Run) => {
    const list = lists.get(owner) ?? new Map<string, Run>();
    lists.set(owner, list.set(run.id, run));
  };
  return {
    begin: async (run) => {
      const before = runs.get(run.id);
      if (!before) {
        runs.set(run.id, run);
        show(operationsTenant, run);
      }
      return before ?? run;
    },
    finish: async (run, figures, scannedTo) => {
      if (runs.get(run.id)?.status !== 'running') {
        return;
      }
      runs.set(run.id, run);
      for (const [tenant, own] of new Map(figures).set(operationsTenant, run.figures)) {
        show(tenant, { ...run, figures: own });
      }
      const before = scanned.get(run.provider);
      if (scannedTo !== null && (before === undefined || before < scannedTo)) {
        scanned.set(run.provider, scannedTo);
      }
    },
    finished: async (provider) =>
      new Set(
        [...runs.values()]
          .filter((run) => run.provider === provider && run.status === 'finished')
          .map(({ file }) => file),
      ),
    scannedTo: async (provider) => scanned.get(provider) ?? null,
    list: async ({ owner, limit, after }) =>
      pageOf(
        [...(lists.get(owner)?.values() ?? [])],
        ({ started, id }) => `${started}#${id}`,
        limit,
        after,
      ),
  };
}

function nameOf({ provider, type, operationId }: Settled): string {
  return `${provider}#${type}#${operationId}`;
}

function pageOf<T>(
  all: readonly T[],
  positionOf: (item: T) => string,
  limit: number,
  after: string | null,
): Page<T> {
  const behind = all
    .map((item) => ({ item, position: positionOf(item) }))
    .filter(({ position }) => after === null || position < after)
    .sort((a, b) => (a.position < b.position ? 1 : -1));
  const page = behind.slice(0, limit);
  return {
    items: page.map(({ item }) => item),
    next: behind.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}
