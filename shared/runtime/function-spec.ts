import type { Endpoint } from '../contracts/endpoint.ts';
import type { PaymentEventType } from '../contracts/payment-events.ts';
import type { PaymentSagaTask } from '../domain/saga/table.ts';

/** The tables, by the name that `<NAME>_TABLE` in a function's environment goes by. */
export type TableName = 'payments' | 'ledger' | 'books' | 'payment_list' | 'access' | 'simulator';

type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'Query' | 'Scan' | 'ConditionCheckItem';

/** What makes a function run. */
export type Trigger =
  | {
      readonly kind: 'http';
      readonly endpoint: Endpoint<never, never> | Endpoint<unknown, unknown>;
    }
  | {
      readonly kind: 'stream';
      readonly table: TableName;
      /** Lambda event filters on the record; one match is enough. */
      readonly filters: readonly Readonly<Record<string, unknown>>[];
      readonly batchSize: number;
      readonly batchingWindowMs: number;
      /** Set where the function must know the shard: Lambda names it only with a window. */
      readonly tumblingWindowMs?: number;
    }
  | { readonly kind: 'consumer'; readonly events: readonly PaymentEventType[] }
  | { readonly kind: 'saga-task'; readonly saga: 'payment'; readonly task: PaymentSagaTask }
  | { readonly kind: 'simulator-api' };

/**
 * What a function is and what it may touch. Stands in `function.ts` beside its handler; the stacks
 * read it, grant exactly this, and pass the names of what it touches in its environment.
 */
export interface FunctionSpec {
  /** `<context>-<function>`; its handler is `functions/<context>/<function>/handler.ts`. */
  readonly name: `${string}-${string}`;
  readonly trigger: Trigger;
  readonly timeoutMs: number;
  readonly memoryMb?: number;
  /** Actions per table, on the table itself; see `indexes` for what it queries by index. */
  readonly tables?: Readonly<Partial<Record<TableName, readonly TableAction[]>>>;
  readonly indexes?: Readonly<Partial<Record<TableName, readonly string[]>>>;
  /** May put events on the bus: `BUS_NAME`. */
  readonly publishes?: boolean;
  /** May start this saga: `PAYMENT_SAGA_ARN`. */
  readonly starts?: 'payment';
  /** Calls the PSP: `PROVIDER_URL`. */
  readonly callsProvider?: boolean;
  /** Tells a token that a PSP of the stage knows from one that none does: `PROVIDERS`. */
  readonly acceptsPaymentMethods?: boolean;
  /** Needs the risk rules: `RISK_RULES`, JSON. */
  readonly needsRiskRules?: boolean;
}

/** Keeps the literal types of a spec. */
export function functionSpec<const S extends FunctionSpec>(spec: S): S {
  return spec;
}
