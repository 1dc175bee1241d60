import type { Endpoint } from '../contracts/endpoints/endpoint.ts';
import type { AnyEvent } from '../contracts/events/events.ts';
import type { InquiryTaskName } from '../domain/saga/inquiry.ts';
import type { SagaTaskName } from '../domain/saga/sagas.ts';
import type { SecretName } from '../ports/access/secrets.ts';

/** The tables, by the name that `<NAME>_TABLE` in a function's environment goes by. */
export type TableName =
  | 'payments'
  | 'ledger'
  | 'books'
  | 'payment_list'
  | 'projections'
  | 'customers'
  | 'settlements'
  | 'access'
  | 'operator_log'
  | 'providers'
  | 'webhooks'
  | 'simulator';

/** A transaction needs the actions of its parts: there is none for TransactWriteItems itself. */
type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'Query'
  | 'Scan';

/** The buckets, by the name that `<NAME>_BUCKET` in a function's environment goes by. */
export type BucketName = 'settlements';

export type BucketAction = 'GetObject' | 'PutObject' | 'ListBucket';

/** The queues of plain messages: what comes from outside the bus, and tries to deliver webhooks. */
export type QueueName = 'provider_notices' | 'webhook_deliveries' | 'simulator_webhooks';

/** What runs by the clock; `infra/stages.ts` says how often. */
export type ScheduleName =
  | 'sweep-payments'
  | 'sweep-payouts'
  | 'wake-webhooks'
  | 'republish'
  | 'audit'
  | 'reconcile'
  | 'settlement-file';

/** What makes a function run. */
export type Trigger =
  | {
      readonly kind: 'http';
      /** All that it serves; `routed` in `http/routes.ts` tells them apart. */
      readonly endpoints: readonly (Endpoint<never, never> | Endpoint<unknown, unknown>)[];
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
  | {
      readonly kind: 'consumer';
      readonly events: readonly AnyEvent['type'][];
      /** Whether what it does leaves the account: then it does nothing for a replayed event. */
      readonly outside: boolean;
    }
  /** Plain messages: `QUEUE_URL`, `DLQ_URL`, `MAX_RECEIVES`, as a consumer has them. */
  | { readonly kind: 'queue'; readonly queue: QueueName }
  /** A task that several sagas have is one function. */
  | { readonly kind: 'saga-task'; readonly task: SagaTaskName }
  | { readonly kind: 'inquiry-task'; readonly task: InquiryTaskName }
  /** Gets EventBridge's scheduled event: at least once, and again when it fails. */
  | { readonly kind: 'schedule'; readonly schedule: ScheduleName }
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
  /** Actions per bucket: on its objects, and `ListBucket` on the bucket itself. */
  readonly buckets?: Readonly<Partial<Record<BucketName, readonly BucketAction[]>>>;
  /** May put events on the bus: `BUS_NAME`. */
  readonly publishes?: boolean;
  /** May start sagas: `SAGA_ARNS`, JSON, by the saga's name. */
  readonly starts?: boolean;
  /** May put messages into this queue: `NOTICES_QUEUE_URL`, `<NAME>_QUEUE_URL` of any other. */
  readonly sendsTo?: QueueName;
  /**
   * Calls the PSPs: `PROVIDER_URL`, `PROVIDER_DEADLINE_MS` for an answer, `PROVIDER_LIMITS` and
   * `PROVIDER_ROUTES`. It shares their health, so the table `providers` is among its tables.
   */
  readonly callsProvider?: boolean;
  /** Reads the health of the PSPs and calls none: `PROVIDER_LIMITS`. */
  readonly readsProviders?: boolean;
  /** Chooses PSPs and calls none: `PROVIDER_ROUTES`. */
  readonly routesCharges?: boolean;
  /**
   * What it does with approvals: `gives` them, or `takes` one for an operation and changes nothing else
   * of it. Any other function that may update the table `access` may not write to them.
   */
  readonly approvals?: 'gives' | 'takes';
  /**
   * Knows the stage's dead letters, whose edges it finds in the outputs of `EDGE_STACKS`: `counts` them, or
   * `handles` them, which is to take them, send them back, put and delete them, to read back what a
   * stream had, and to give it to the stream's function.
   */
  readonly deadLetters?: 'counts' | 'handles';
  /** Calls the bank: `BANK_URL`, and `PROVIDER_DEADLINE_MS` for its answer. */
  readonly callsBank?: boolean;
  /** Tells a token that a PSP of the stage knows from one that none does: `PROVIDERS`. */
  readonly acceptsPaymentMethods?: boolean;
  /** Needs the risk rules: `RISK_RULES`, JSON. */
  readonly needsRiskRules?: boolean;
  /** Needs to know what merchants pay: `FEE_PLANS`, JSON. */
  readonly needsFeePlans?: boolean;
  /** Needs to know how long an authorization is good for: `AUTHORIZATION_WINDOW_MS`. */
  readonly needsAuthorizationWindow?: boolean;
  /** Needs to know when an inquiry asks: `INQUIRY_SCHEDULE`, JSON. */
  readonly needsInquirySchedule?: boolean;
  /** Needs to know after how long a saga is taken for dead: `STUCK_AFTER_MS`. */
  readonly needsStuckAfter?: boolean;
  /** May read these secrets of the stage: `SECRET_PREFIX`. */
  readonly secrets?: readonly SecretName[];
  /** May have the key of personal data make and unwrap data keys: `PERSONAL_DATA_KEY`, its ARN. */
  readonly dataKeys?: readonly ('GenerateDataKey' | 'Decrypt')[];
  /** Needs to know when webhooks are tried again: `WEBHOOK_TERMS`, JSON. */
  readonly needsWebhookTerms?: boolean;
  /** Needs the exchange rates: `EXCHANGE_RATES`, JSON. */
  readonly needsRates?: boolean;
  /** Requests of the simulator's API that come to this function of it, and not to the API's own. */
  readonly simulatorRoutes?: readonly Pick<Endpoint, 'method' | 'path'>[];
}

/**
 * What knowing and limiting callers takes: every function of an endpoint with access has it. Of updates
 * it is given only those of limits and of a key's last use.
 */
export const accessActions = ['GetItem', 'UpdateItem'] as const satisfies readonly TableAction[];

/** What putting an act on record takes: an entry, its mark and the head, in the operator log. */
export const logActions = [
  'GetItem',
  'PutItem',
  'UpdateItem',
] as const satisfies readonly TableAction[];

/** Keeps the literal types of a spec. */
export function functionSpec<const S extends FunctionSpec>(spec: S): S {
  return spec;
}
