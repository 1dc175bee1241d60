import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { lagMetric, type ProjectionName } from '../domain/projection/names.ts';
import { masked } from './masked.ts';

export const logger = new Logger({ jsonReplacerFn: masked });
const quiet = () => undefined;
/** Its warning that an invocation counted nothing is not worth a log line each. */
export const metrics = new Metrics({
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
});
const tracer = new Tracer();

/** The client with a subsegment for each of its calls, where the function is traced. */
export function traced<Client>(client: Client): Client {
  return tracer.captureAWSv3Client(client);
}

/** The metrics that the house counts, each in the namespace `Paysaga` by service. */
export type MetricName =
  | 'PaymentAccepted'
  | 'IdempotentReplay'
  | 'PaymentCaptured'
  | 'PaymentAuthorized'
  | 'PaymentFailed'
  | 'PaymentCanceled'
  | 'PaymentExpired'
  | 'PaymentRefunded'
  | 'DisputeOpened'
  | 'PayoutPaid'
  | 'PayoutFailed'
  | 'SettlementPosted'
  | 'ReconciliationBreak'
  | 'LedgerDifference'
  | 'OutcomeUnknown'
  | 'OutcomeParked'
  | 'SagaResumed'
  | 'EventsPublished'
  | 'EventsRepublished'
  | 'ContradictingNotice'
  | 'TransfersFolded'
  | 'BreakerOpened'
  | 'ProviderThrottled'
  | 'ReplayFenced'
  | 'WebhookRejected'
  | 'WebhookDelivered'
  | 'WebhookFailed'
  | 'WebhookEndpointDisabled'
  | 'RequestLimited'
  | 'LimitsUnavailable'
  | 'CustomerErased'
  | 'DeadLettered'
  | 'PolicySetRefused';

export function count(name: MetricName, by = 1): void {
  metrics.addMetric(name, MetricUnit.Count, by);
}

/** How long an event took to come into a read model, in ms. */
export function measureLag(projection: ProjectionName, lagMs: number): void {
  const single = metrics.singleMetric();
  single.addDimension('projection', projection);
  single.addMetric(lagMetric, MetricUnit.Milliseconds, Math.max(0, lagMs));
}

/** What joins a log line to a payment or a payout. Never put a request's content here. */
export interface LogContext {
  readonly tenant?: string;
  readonly principal?: string;
  readonly payment_id?: string;
  readonly operation_id?: string;
  readonly payout_id?: string;
  readonly endpoint_id?: string;
  readonly delivery_id?: string;
  readonly correlation_id?: string;
}

export function logAs(context: LogContext): void {
  logger.appendKeys({ ...context });
}

let invocation: Pick<Context, 'getRemainingTimeInMillis'> | null = null;

/** Until Lambda stops the invocation under way, in ms; outside of one there is no end. */
export function remainingMs(): number {
  return invocation?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
}

/**
 * The part that every kind of handler has in common: an end that is known (`remainingMs`), a fresh
 * logger context per invocation, a trace segment without the response in it (it may hold a
 * customer's data), metrics flushed once, and nothing left over of what goes on beside it.
 */
export function observed<Event, Result>(
  handle: (event: Event, context: Context) => Promise<Result>,
) {
  return middy<Event, Result>()
    .use({ before: began })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .use({ after: flushMetrics, onError: flushMetrics })
    .use({ after: besidesDone, onError: besidesDone })
    .handler(handle);
}

const besides = new Set<Promise<void>>();

/**
 * Does something beside the invocation under way, which ends only after it: what an environment has
 * not finished when it is frozen may go on much later, or never. It delays the answer by no more than
 * it takes longer than the rest, and a failure is only logged.
 *
 * @param failed what the log says then
 */
export function beside(failed: string, work: () => Promise<void>): void {
  const done = work()
    .catch((error: unknown) => logger.warn(failed, error as Error))
    .finally(() => besides.delete(done));
  besides.add(done);
}

async function besidesDone(): Promise<void> {
  await Promise.all(besides);
}

function began({ context }: { readonly context: Context }): void {
  invocation = context;
}

/** Powertools' own middleware warns, as plain text, of each invocation that counted nothing. */
function flushMetrics(): void {
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
}
