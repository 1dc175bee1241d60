import type {
  BreakKind,
  ReconciliationRunResource,
} from '../../contracts/settlement/reconciliation.ts';
import { derivedId } from '../ids.ts';
import type { Currency } from '../money/currency.ts';
import { operationsTenant } from './break.ts';
import type { LineResult } from './decide.ts';
import { addPosted, nothingPosted, type PostedSums } from './postings.ts';

/** What became of a file's lines, or of those of one tenant. */
export interface Figures {
  readonly lines: number;
  readonly matched: number;
  readonly breaks: Readonly<Record<BreakKind, number>>;
  /** By currency, in the order of their names. */
  readonly posted: Readonly<Partial<Record<Currency, PostedSums>>>;
}

/** The run over one file. It is begun once, however often it is run. */
export interface Run {
  readonly id: string;
  readonly provider: string;
  readonly file: string;
  readonly status: 'running' | 'finished';
  /**
   * RFC 3339: what was ours by then has to be in this file, or one before it; null when nothing is
   * asked to be.
   */
  readonly cutOff: string | null;
  readonly started: string;
  readonly ended: string | null;
  readonly figures: Figures;
}

export const noFigures: Figures = {
  lines: 0,
  matched: 0,
  breaks: {
    missing_line: 0,
    extra_line: 0,
    wrong_amount: 0,
    wrong_currency: 0,
    duplicate_line: 0,
    unreadable_line: 0,
  },
  posted: {},
};

export function beginRun(
  file: { readonly provider: string; readonly file: string; readonly cutOff: string | null },
  time: string,
): Run {
  return {
    id: derivedId('reconciliation', file.file),
    ...file,
    status: 'running',
    started: time,
    ended: null,
    figures: noFigures,
  };
}

/** The run at its end. */
export function endRun(run: Run, figures: Figures, time: string): Run {
  return { ...run, status: 'finished', ended: time, figures };
}

/** The figures of a file, by tenant; `operations` has the whole. */
export class Tally {
  readonly #figures = new Map<string, Figures>([[operationsTenant, noFigures]]);

  /** Counts a line; `result` null for one that could not be read. */
  line(result: LineResult | null): void {
    const { outcome, tenant, currency, posted } = result ?? unreadable;
    this.#add(tenant, (figures) => ({
      ...figures,
      lines: figures.lines + 1,
      ...(outcome === 'matched'
        ? { matched: figures.matched + 1 }
        : { breaks: oneMore(figures.breaks, outcome) }),
      ...(outcome === 'matched' && currency && posted
        ? { posted: withPosted(figures.posted, currency, posted) }
        : {}),
    }));
  }

  /** Counts a break that no line has. */
  broken(kind: 'missing_line' | 'unreadable_line', tenant: string | null): void {
    this.#add(tenant, (figures) => ({ ...figures, breaks: oneMore(figures.breaks, kind) }));
  }

  get byTenant(): ReadonlyMap<string, Figures> {
    return this.#figures;
  }

  #add(tenant: string | null, change: (figures: Figures) => Figures): void {
    for (const owner of new Set([operationsTenant, tenant ?? operationsTenant])) {
      this.#figures.set(owner, change(this.#figures.get(owner) ?? noFigures));
    }
  }
}

const unreadable: LineResult = {
  outcome: 'unreadable_line',
  tenant: null,
  currency: null,
  posted: null,
};

function oneMore(breaks: Figures['breaks'], kind: BreakKind): Figures['breaks'] {
  return { ...breaks, [kind]: breaks[kind] + 1 };
}

function withPosted(
  sums: Figures['posted'],
  currency: Currency,
  posted: PostedSums,
): Figures['posted'] {
  const all = { ...sums, [currency]: addPosted(sums[currency] ?? nothingPosted, posted) };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A run as the API shows it, with the figures of who reads it. */
export function renderRun(run: Run): ReconciliationRunResource {
  const { lines, matched, breaks, posted } = run.figures;
  return {
    id: run.id,
    object: 'reconciliation_run',
    provider: run.provider,
    file: run.file,
    status: run.status,
    cut_off: run.cutOff,
    started: run.started,
    ended: run.ended,
    lines,
    matched,
    breaks: { ...breaks },
    posted: Object.entries(posted).map(([currency, sums]) => ({
      currency: currency as Currency,
      ...sums,
    })),
  };
}
