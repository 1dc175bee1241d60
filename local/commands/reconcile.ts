import type { StageName } from '../../infra/stages.ts';
import type { Currency } from '../../shared/domain/money/currency.ts';
import { formatMinor } from '../../shared/domain/money/currency.ts';
import {
  type Break,
  type BreakSide,
  operationsTenant,
} from '../../shared/domain/settlement/break.ts';
import type { Run } from '../../shared/domain/settlement/run.ts';
import type { Breaks } from '../../shared/ports/settlement/reconciliation.ts';
import { UsageError } from '../program/exit.ts';
import { command } from '../program/group.ts';
import { json, stage, text } from '../program/specs.ts';
import { takeEnvironmentOf } from './deployed.ts';

interface ReconcileRequest {
  readonly stage: StageName;
  /** RFC 3339; null: the scheduled run's. */
  readonly cutOff: string | null;
  readonly json: boolean;
}

export const reconcile = command({
  says: 'Reconciles every settlement file that has no finished run, and prints the runs and all open breaks. Ends with 1 while a break is open.',
  options: {
    cutOff: {
      ...text('now|TIME', 'up to when transfers have to be in a file'),
      otherwise: 'the scheduled run’s',
    },
    json,
    stage,
  },
  read: ({ cutOff, ...common }, { nowMs }): ReconcileRequest => {
    const atMs = cutOff === 'now' ? nowMs : Date.parse(cutOff ?? '');
    if (cutOff !== undefined && !(atMs <= nowMs)) {
      throw new UsageError('--cut-off is now, or a time before it such as 2026-11-21T06:00:00Z');
    }
    return { ...common, cutOff: cutOff === undefined ? null : new Date(atMs).toISOString() };
  },
  run: reconcileCommand,
});

/**
 * Reconciles, in this process, every settlement file of a stage that has no finished run, and prints
 * the runs and all open breaks.
 *
 * @returns 1 when there are open breaks, 0 when there are none
 */
async function reconcileCommand({
  stage: of,
  cutOff,
  json: asJson,
}: ReconcileRequest): Promise<number> {
  await takeEnvironmentOf(of);
  const [
    { stages },
    { stageSettlement },
    { dynamoBreaks },
    { dynamo, tableName },
    { reconcile: reconcileFiles },
  ] = await Promise.all([
    import('../../infra/stages.ts'),
    import('../../shared/adapters/stage/stage-settlement.ts'),
    import('../../shared/adapters/dynamo/settlement/breaks.ts'),
    import('../../shared/adapters/dynamo/client.ts'),
    import('../../functions/settlement/reconcile/reconcile.ts'),
  ]);
  const filed: string[] = [];
  const runs = await reconcileFiles(
    {
      ...stageSettlement(),
      now: () => new Date().toISOString(),
      noted: (what) => what.kind === 'filed' && filed.push(what.broken.id),
    },
    { providers: stages[of].simulator ? ['simulator'] : [], ...(cutOff ? { cutOff } : {}) },
  );
  const open = await openBreaks(dynamoBreaks(dynamo(), tableName('settlements')), filed);
  for (const line of asJson ? [jsonOf(runs, open)] : describe(runs, open)) {
    console.log(line);
  }
  return open.length > 0 ? 1 : 0;
}

/** All open breaks, as they are now: the list of them follows within moments only. */
async function openBreaks(
  { list, get }: Pick<Breaks, 'list' | 'get'>,
  filed: readonly string[],
): Promise<Break[]> {
  const ids = new Set(filed);
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Breaks['list']>> = await list({
      owner: operationsTenant,
      status: 'open',
      limit: 100,
      after,
    });
    for (const { id } of page.items) {
      ids.add(id);
    }
    after = page.next;
  } while (after !== null);
  const open: Break[] = [];
  for (const id of ids) {
    const found = await get(id);
    if (found?.status === 'open') {
      open.push(found);
    }
  }
  return open.sort((a, b) => (a.created < b.created ? -1 : 1));
}

/** For tools; amounts are in minor units. */
function jsonOf(runs: readonly Run[], open: readonly Break[]): string {
  return JSON.stringify({ runs, open_breaks: open }, (_key, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
}

/** The runs and the breaks as text, a line each. */
export function describe(runs: readonly Run[], open: readonly Break[]): string[] {
  return [
    ...(runs.length === 0
      ? ['Every settlement file is reconciled.']
      : table(['file', 'lines', 'matched', 'breaks', 'posted'], runs.map(runRow))),
    '',
    ...(open.length === 0
      ? ['No break is open.']
      : table(['open break', 'payment', 'ours', 'theirs', 'where'], open.map(breakRow))),
  ];
}

function runRow({ file, figures: { lines, matched, breaks, posted } }: Run): string[] {
  const broken = Object.values(breaks).reduce((sum, count) => sum + count, 0);
  const sums = Object.entries(posted).map(([currency, sum]) =>
    [
      `to the bank ${formatMinor(sum.settled - sum.settled_back, currency as Currency)}`,
      `PSP fees ${formatMinor(sum.psp_fee, currency as Currency)}`,
    ].join(', '),
  );
  return [file, String(lines), String(matched), String(broken), sums.join('; ') || '-'];
}

function breakRow({ kind, paymentId, ours, theirs, file, line }: Break): string[] {
  return [
    kind,
    paymentId ?? '-',
    sideOf(ours),
    sideOf(theirs),
    line === null ? file : `${file}:${line}`,
  ];
}

function sideOf(side: BreakSide | null): string {
  return side ? formatMinor(side.amountMinor, side.currency) : '-';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
