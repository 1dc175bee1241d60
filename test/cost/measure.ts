import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Counts } from '../../docs/cost/counts.ts';
import { functionSpecs } from '../../functions/index.ts';
import { itemBytes, type RawItem } from '../../local/localstack/runtime/units.mjs';
import type { Payment } from '../../shared/domain/payment/state.ts';
import { until } from '../support/deployed/until.ts';
import { executionOf } from './count/executions.ts';
import { type Image, type Line, linesOf, readLines, startCounting } from './count/lines.ts';
import { isOf, specOf, storedBytes, sumUp } from './count/sum.ts';
import { keyOf } from './count/units.ts';
import { type CostStack, tableNamesOf } from './stack.ts';

const quietWithinMs = 150_000;

/** Who takes payments' events off the bus. */
const consumers = functionSpecs
  .filter(({ trigger }) => trigger.kind === 'consumer')
  .map(({ name }) => name);

/** Counts what one thing after the other takes of some payments, on a stack that counts. */
export interface Meter {
  /** Waits until a payment is under way no more: in the store, as a look through the API costs. */
  readonly settled: (id: string) => Promise<unknown>;
  /** Waits until all that came of the payments is over. What it took is not counted. */
  readonly settle: (ids: readonly string[]) => Promise<void>;
  /** Counts what is done, and all that comes of it. @param act answers with the payments */
  readonly count: (act: () => Promise<readonly string[]>) => Promise<Counts>;
}

/** A meter knows the items that its payments have put: it is for the same ones from their beginning on. */
export function meterOf(stack: CostStack): Meter {
  const known = { images: new Map<string, Image>(), sizes: new Map<string, number>() };
  const tableNames = tableNamesOf(stack);
  const deployedNames = new Map([...tableNames].map(([deployed, name]) => [name, deployed]));
  const versions = new Map<string, number>();

  const finish = async (ids: readonly string[]): Promise<Counts> => {
    const lines = await quietLines(stack, ids, versions, tableNames);
    const storedBefore = storedBytes(known);
    await lookUp(known.sizes, stack, lines, deployedNames);
    const payments = ids.length;
    return sumUp(lines, await executionsOf(stack, lines), known, { payments, storedBefore });
  };
  return {
    settled: (id) =>
      until(
        `payment ${id} settled`,
        async () => ((await paymentOf(stack, id)).status === 'processing' ? null : true),
        { withinMs: quietWithinMs },
      ),
    settle: async (ids) => {
      await finish(ids);
    },
    count: async (act) => {
      startCounting(stack.stateDir);
      return finish(await act());
    },
  };
}

/** The invocations of some payments, once nothing of them is to come any more. */
async function quietLines(
  stack: CostStack,
  ids: readonly string[],
  versions: Map<string, number>,
  tableNames: ReadonlyMap<string, string>,
): Promise<Line[]> {
  let missing: readonly string[] = [];
  try {
    return await until(
      'all that comes of the payments',
      async () => {
        const payments = await Promise.all(ids.map((id) => paymentOf(stack, id)));
        const lines = linesOf(readLines(stack.stateDir, tableNames), new Set(ids));
        const events = payments.reduce(
          (sum, { id, version }) => sum + version - (versions.get(id) ?? 0),
          0,
        );
        missing = [
          ...underWay(payments),
          ...behind(lines, events),
          ...(await running(stack, lines)),
        ];
        if (missing.length > 0) {
          return null;
        }
        for (const { id, version } of payments) {
          versions.set(id, version);
        }
        return lines;
      },
      { withinMs: quietWithinMs, everyMs: 250 },
    );
  } catch (error) {
    throw new Error(`${missing.join('; ')} not within ${quietWithinMs} ms`, { cause: error });
  }
}

function underWay(payments: readonly Payment[]): string[] {
  return payments
    .filter(
      ({ status, operations }) =>
        status === 'processing' || operations.some((each) => each.status === 'processing'),
    )
    .map(({ id }) => `payment ${id} under way`);
}

/** What follows the payments' events, and has not had all of them. */
function behind(lines: readonly Line[], events: number): string[] {
  const of = (name: string) => lines.filter((line) => specOf(line).name === name);
  const published = of('payments-relay')
    .flatMap(({ calls }) => calls)
    .reduce((sum, { events: entries = [] }) => sum + entries.length, 0);
  const transfers = lines
    .filter((line) => isOf(line, 'saga-task') || isOf(line, 'inquiry-task'))
    .flatMap(({ calls }) => calls.filter(({ status }) => status === 200))
    .flatMap(({ items = [] }) => items)
    .filter(({ act, table }) => table === 'ledger' && act === 'Put').length;
  const folds = of('ledger-fold-balances');
  const open = folds.filter(
    ({ window }) => !folds.some((other) => other.is_last_of_window && other.window === window),
  );
  return [
    ...(published < events ? [`${published} of ${events} events on the bus`] : []),
    ...consumers
      .filter((name) => recordsOf(of(name)) < events)
      .map((name) => `${recordsOf(of(name))} of ${events} events at ${name}`),
    ...(recordsOf(folds) < transfers
      ? [`${recordsOf(folds)} of ${transfers} transfers folded`]
      : []),
    ...(open.length > 0 ? ['a window of the fold open'] : []),
  ];
}

function recordsOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { records }) => sum + (records ?? 0), 0);
}

async function paymentOf({ dynamo, outputs }: CostStack, id: string): Promise<Payment> {
  const { Item } = await dynamo.send(
    new GetItemCommand({
      TableName: outputs.PaymentsTableName,
      Key: { pk: { S: `PAYMENT#${id}` }, sk: { S: 'STATE' } },
      ConsistentRead: true,
    }),
  );
  return JSON.parse(Item?.data?.S ?? '{}') as Payment;
}

function startedBy(lines: readonly Line[]): string[] {
  const calls = lines.flatMap((line) => line.calls);
  return [...new Set(calls.flatMap(({ execution }) => execution ?? []))];
}

async function running(stack: CostStack, lines: readonly Line[]): Promise<string[]> {
  const all = await Promise.all(startedBy(lines).map((arn) => executionOf(stack, arn)));
  return all.some((execution) => execution === null) ? ['an execution under way'] : [];
}

async function executionsOf(stack: CostStack, lines: readonly Line[]) {
  const all = await Promise.all(startedBy(lines).map((arn) => executionOf(stack, arn)));
  return all.flatMap((execution) => execution ?? []);
}

/** Of items that were not put, but by a request that does not say what became of them, their sizes. */
async function lookUp(
  sizes: Map<string, number>,
  { dynamo }: CostStack,
  lines: readonly Line[],
  deployedNames: ReadonlyMap<string, string>,
): Promise<void> {
  const items = lines
    .flatMap(({ calls }) => calls.flatMap((call) => call.items ?? []))
    .filter(({ bytes, sk }) => bytes === undefined && sk !== undefined);
  const named = new Map(items.map((item) => [keyOf(item), item]));
  for (const [key, { table, pk, sk }] of named) {
    const { Item } = await dynamo.send(
      new GetItemCommand({
        TableName: deployedNames.get(table) ?? table,
        Key: { pk: { S: pk }, sk: { S: sk } },
      }),
    );
    if (Item) {
      sizes.set(key, itemBytes(Item as unknown as RawItem));
    }
  }
}
