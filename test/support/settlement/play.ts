import type { ReconcileDependencies } from '../../../functions/settlement/reconcile/dependencies.ts';
import {
  type Reconciliation,
  reconcile,
} from '../../../functions/settlement/reconcile/reconcile.ts';
import type { BreakKind } from '../../../shared/contracts/settlement/reconciliation.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { Crash, disturbed, watched } from './disturbed.ts';
import { type Effect, effectsOf, type Fault, rounds, type Scenario } from './scenario.ts';
import { type CsvLine, csvOf, type SettlementAdapters, type SettlementWorld } from './world.ts';

/** A break that there has to be, and no other. */
interface ExpectedBreak {
  readonly kind: BreakKind;
  readonly status: 'open' | 'resolved';
  readonly file: string;
  /** Null for a missing line. */
  readonly lineId: string | null;
  readonly operationId: string;
}

/** What a scenario left behind. */
export interface Played {
  readonly effects: readonly Effect[];
  readonly expected: readonly ExpectedBreak[];
  readonly files: readonly { readonly key: string; readonly lines: number }[];
  /** The breaks that were told of as new. */
  readonly filed: readonly string[];
  /** Captures whose merchant had something available right after, and owed something too. */
  readonly unpaid: readonly string[];
}

type PlacedLine = CsvLine & { readonly effect: Effect | null };

/** Lets a scenario happen: payments, files, runs that die, and payouts between. */
export async function play(
  world: SettlementWorld,
  adapters: SettlementAdapters,
  scenario: Scenario,
): Promise<Played> {
  const effects = await effectsOf(world, scenario);
  const expected: ExpectedBreak[] = [];
  const files: { key: string; lines: number }[] = [];
  const filed: string[] = [];
  const unpaid: string[] = [];
  const deps = watched(
    disturbed(world.deps, scenario, (id) => filed.push(id)),
    scenario,
    (id) => unpaid.push(id),
  );
  // A file that is not reconciled when it comes is reconciled with the next one.
  const ranIn = (round: number) => round === rounds || scenario.ran[round] === true;
  for (let round = 0; round <= rounds; round++) {
    for (const { paymentId, facts } of effects.filter((effect) => bookedIn(effect) === round)) {
      await world.apply(paymentId, ...facts);
    }
    const key = `${world.psp}/2026-01-01-${world.name}-${round}.csv`;
    const lines = linesOf(key, round, effects, scenario);
    await world.files.put(key, csvOf(lines));
    files.push({ key, lines: lines.length });
    expected.push(...expectedOf(lines, key, round, effects, ranIn));
    if (ranIn(round)) {
      await runUntilDone(deps, scenario, { providers: [world.psp], cutOff: world.now() });
    }
    await payOut(world, adapters, scenario, round);
  }
  // Whatever was done is not done again.
  await reconcile(deps, { providers: [world.psp], cutOff: world.now() });
  return { effects, expected: merged(expected), files, filed, unpaid };
}

/** The round before whose run our books have an effect. */
function bookedIn({ round, late }: Effect): number {
  return round + (late ? 1 : 0);
}

const againFaults: ReadonlySet<Fault> = new Set(['returns', 'repeated', 'corrected']);

/** The lines of a file: right ones, wrong ones, and those of nobody's, in a random order. */
function linesOf(
  key: string,
  round: number,
  effects: readonly Effect[],
  { extras, order }: Scenario,
): PlacedLine[] {
  const own = effects.flatMap((effect) => {
    const isIn = effect.round === round && !['missing', 'returns'].includes(effect.fault);
    const comesAgain = effect.round === round - 1 && againFaults.has(effect.fault);
    const line = lineOf(comesAgain ? { ...effect, fault: 'none' } : effect);
    return isIn || comesAgain
      ? [line, ...(effect.fault === 'duplicate' ? [line] : [])].map((own) => ({ ...own, effect }))
      : [];
  });
  const others = extras
    .filter((extra) => extra.round === round)
    .map((extra, index) => strangerOf(`${key} ${index}`, extra, effects));
  return [...own, ...others]
    .map((line, index) => ({ line, place: order[index % order.length] ?? 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ line }, index) => ({ ...line, line_id: `${round}-${index}` }));
}

function lineOf(effect: Effect): PlacedLine {
  const { type, paymentId, gross, fee, currency, fault } = effect;
  return {
    effect,
    line_id: '',
    type,
    reference: paymentId,
    operation_id: effect.operationId,
    gross:
      fault === 'wrong_amount' || fault === 'corrected'
        ? gross > 1
          ? gross - 1
          : gross + 1
        : gross,
    fee,
    currency: fault === 'wrong_currency' ? 'USD' : currency,
  };
}

/** A line about nothing of ours, however much it looks like it. */
function strangerOf(
  key: string,
  { kind, effect: place }: Scenario['extras'][number],
  effects: readonly Effect[],
): PlacedLine {
  const like = effects[place % effects.length] as Effect;
  const other = effects.find(({ paymentId }) => paymentId !== like.paymentId);
  const line: PlacedLine = { ...lineOf({ ...like, fault: 'none' }), effect: null };
  switch (kind) {
    case 'other_payment':
      return { ...line, reference: other?.paymentId ?? derivedId('nobody', key) };
    case 'other_type':
      return { ...line, type: like.type === 'capture' ? 'refund' : 'capture', fee: 0 };
    case 'unknown_operation':
      return { ...line, operation_id: derivedId('unknown', key) };
    default:
      return {
        ...line,
        reference: derivedId('nobody', key),
        operation_id: derivedId('unknown', key),
      };
  }
}

/** The breaks that come of a file, and how each ends. */
function expectedOf(
  lines: readonly PlacedLine[],
  file: string,
  round: number,
  effects: readonly Effect[],
  ranIn: (round: number) => boolean,
): ExpectedBreak[] {
  const runs = ranIn(round);
  const seen = new Set<Effect>();
  const ofLines = lines.flatMap(({ effect, line_id: lineId, operation_id: operationId }) => {
    const broken = (kind: BreakKind, status: ExpectedBreak['status'] = 'open') => ({
      kind,
      status,
      file,
      lineId,
      operationId,
    });
    if (!effect) {
      return [broken('extra_line')];
    }
    const tooEarly = effect.late && effect.round === round && runs;
    // Of two lines in two files the later one is faster, where the earlier one came before ours did.
    const wasTooEarly = effect.late && ranIn(effect.round);
    const isFirst =
      effect.fault === 'repeated' ? (effect.round === round) !== wasTooEarly : !seen.has(effect);
    seen.add(effect);
    const isWrongOfTwo = effect.fault === 'corrected' && effect.round === round;
    const again = effect.fault === 'duplicate' || effect.fault === 'repeated';
    return [
      ...(tooEarly ? [broken('extra_line', 'resolved')] : []),
      ...(effect.fault === 'wrong_amount' || effect.fault === 'wrong_currency'
        ? [broken(effect.fault)]
        : []),
      // One that waited, until another had put it right before it was looked at again.
      ...(isWrongOfTwo
        ? [wasTooEarly ? broken('duplicate_line') : broken('wrong_amount', 'resolved')]
        : []),
      ...(again && !isFirst ? [broken('duplicate_line')] : []),
    ];
  });
  const missing = effects.flatMap(({ fault, operationId, ...effect }): ExpectedBreak[] => {
    const isDue = runs && bookedIn({ fault, operationId, ...effect }) <= round;
    const isOut = fault === 'missing' || (fault === 'returns' && effect.round === round);
    const status = fault === 'missing' ? 'open' : 'resolved';
    return isDue && isOut
      ? [
          {
            kind: 'missing_line',
            status,
            file,
            lineId: null,
            operationId: `${effect.type} ${operationId}`,
          },
        ]
      : [];
  });
  return [...ofLines, ...missing];
}

/** What is missing is found by the first file that could have it, and filed once. */
function merged(expected: readonly ExpectedBreak[]): ExpectedBreak[] {
  const missing = new Set<string>();
  return expected.filter(({ kind, operationId }) => {
    const isKnown = kind === 'missing_line' && missing.has(operationId);
    missing.add(kind === 'missing_line' ? operationId : '');
    return !isKnown;
  });
}

async function runUntilDone(
  deps: ReconcileDependencies,
  { runners }: Scenario,
  asked: Reconciliation,
): Promise<void> {
  const one = async () => {
    for (;;) {
      try {
        await reconcile(deps, asked);
        return;
      } catch (error) {
        if (!(error instanceof Crash)) {
          throw error;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: runners }, one));
}

async function payOut(
  world: SettlementWorld,
  { readLimited }: SettlementAdapters,
  { payments, paidOut }: Scenario,
  round: number,
): Promise<void> {
  const books = new Map(
    payments.map(({ tenant, currency }) => [
      `${tenant} ${currency}`,
      { tenant: `${world.name}-tenant-${tenant}`, currency },
    ]),
  );
  for (const [book, { tenant, currency }] of books) {
    const { availableMinor } = await readLimited(tenant, currency, 'merchant_available');
    const amountMinor = Number((availableMinor * BigInt(paidOut[round] ?? 0)) / 100n);
    if (amountMinor > 0) {
      await world.payOut(tenant, currency, amountMinor, `${world.name} ${book} ${round}`);
    }
  }
}
