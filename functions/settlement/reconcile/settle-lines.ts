import type { AccountCode } from '../../../shared/domain/ledger/accounts.ts';
import type { Payment } from '../../../shared/domain/payment/state.ts';
import {
  breakIdsOf,
  decideLine,
  type Known,
  type LineResult,
  replaceableBreakId,
  resultOf,
  type SettlementChange,
} from '../../../shared/domain/settlement/decide.ts';
import { type Funds, noFunds } from '../../../shared/domain/settlement/postings.ts';
import { type FileLine, settledOf } from '../../../shared/domain/settlement/sides.ts';
import type {
  Question,
  ReconciliationStore,
} from '../../../shared/ports/settlement/reconciliation.ts';
import type { ReconcileDependencies } from './dependencies.ts';

type Dependencies = Pick<ReconcileDependencies, 'store' | 'load' | 'readLimited' | 'now' | 'noted'>;

/** As many lines as one look at the store takes. */
const linesAtOnce = 20;

/** Decisions on one line taken anew when another run came first; more than this many is a fault. */
const attempts = 20;

/**
 * Brings the lines of a file to their results, each once, however often it is called. Those of one
 * payer's balance follow each other in the order of the file, so that they are not in each other's
 * way, and of two lines about one thing the first has it; those of different ones run at once.
 *
 * @returns the results in the order of the lines
 */
export async function* settleLines(
  deps: Dependencies,
  lines: readonly FileLine[],
): AsyncIterable<LineResult> {
  for (let start = 0; start < lines.length; start += linesAtOnce) {
    const chunk = lines.slice(start, start + linesAtOnce);
    const known = await deps.store.look(chunk.map(questionOf));
    // After the look: who sees a claim sees what it claims in the payment, too.
    const payments = await Promise.all(
      chunk.map(({ record }, index) =>
        isDone(chunk[index], known[index]) ? null : deps.load(record.reference),
      ),
    );
    const places = chunk.map((line, index) => ({ line, index, payment: payments[index] ?? null }));
    const results: LineResult[] = [];
    const balances = Map.groupBy(
      places,
      ({ payment }) => payment && `${payment.tenant}#${payment.request.currency}`,
    );
    await Promise.all(
      [...balances.values()].map(async (inOrder) => {
        for (const { line, index, payment } of inOrder) {
          const seen = known[index];
          results[index] = await settleLine(deps, line, seen && { known: seen, payment });
        }
      }),
    );
    yield* results;
  }
}

/** True for a line that has its result: nothing has to be read for it any more. */
function isDone(line: FileLine | undefined, known: Known | undefined): boolean {
  return line !== undefined && resultOf(line, known?.claim ?? null) !== null;
}

/**
 * Brings one line to its result:
 * 1. look at what is on record of it, then read the payment that it names. Of a claim that broke,
 *    which this line may replace, look at the break too
 * 2. read what the merchant has or owes, as the line takes or gives, and decide; what is decided already is the result
 * 3. write, on the condition that what was decided on still holds; else start again at 1
 */
export async function settleLine(
  deps: Dependencies,
  line: FileLine,
  seen?: { readonly known: Known; readonly payment: Payment | null },
): Promise<LineResult> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { known, payment } = attempt === 1 && seen ? seen : await lookAt(deps, line);
    const all = await withReplaceable(deps, line, known);
    const funds = await fundsFor(deps, line, payment, all);
    const { result, change } = decideLine(line, payment, all, funds, deps.now());
    if (!change) {
      return result;
    }
    if ((await deps.store.write(change)) === 'written') {
      note(deps, change);
      return result;
    }
  }
  throw new Error(`line ${line.number} of ${line.file} was changed by others ${attempts} times`);
}

function questionOf(line: FileLine): Question {
  return { settled: settledOf(line), breakIds: breakIdsOf(line) };
}

async function lookAt({ store, load }: Dependencies, line: FileLine) {
  const known = await answerTo(store, questionOf(line));
  return { known, payment: await load(line.record.reference) };
}

async function answerTo({ look }: ReconciliationStore, question: Question): Promise<Known> {
  const [known] = await look([question]);
  if (!known) {
    throw new Error('the store has no answer to a question');
  }
  return known;
}

/**
 * What is known with the break of a claim that the line may replace. If the claim is another by now,
 * it is one that agreed, and has no break.
 */
async function withReplaceable(
  { store }: Dependencies,
  line: FileLine,
  known: Known,
): Promise<Known> {
  const { claim } = known;
  const id = claim && !resultOf(line, claim) ? replaceableBreakId(claim) : null;
  const { settled, breakIds } = questionOf(line);
  return id === null ? known : answerTo(store, { settled, breakIds: [...breakIds, id] });
}

/** What a refund or a chargeback may take back of what the merchant has, and the others of its debt. */
async function fundsFor(
  { readLimited }: Dependencies,
  { record }: FileLine,
  payment: Payment | null,
  { claim }: Known,
): Promise<Funds> {
  if (!payment || claim?.outcome === 'matched') {
    return noFunds;
  }
  const read = async (code: AccountCode) =>
    (await readLimited(payment.tenant, payment.request.currency, code)).availableMinor;
  const takes = record.type === 'refund' || record.type === 'chargeback';
  return takes
    ? { ...noFunds, availableMinor: await read('merchant_available') }
    : { ...noFunds, debtMinor: await read('merchant_debt') };
}

/** Tells of what a change that was written has in it. */
export function note({ noted }: Pick<Dependencies, 'noted'>, change: SettlementChange): void {
  if (change.files) {
    noted({ kind: 'filed', broken: change.files });
  }
  if (change.claim?.outcome === 'matched') {
    noted({ kind: 'posted', currency: change.claim.currency });
  }
}
