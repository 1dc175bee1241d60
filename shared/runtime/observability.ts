import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { lagMetric, type ProjectionName } from '../domain/projection/names.ts';
import { masked } from './masked.ts';
import type { DurationName, MetricName } from './metric-catalogue.ts';

export type { MetricName } from './metric-catalogue.ts';

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

export function count(name: MetricName, by = 1): void {
  metrics.addMetric(name, MetricUnit.Count, by);
}

/** @param lastedMs below 0 where two clocks differ: then it is 0 */
export function measure(name: DurationName, lastedMs: number): void {
  metrics.addMetric(name, MetricUnit.Milliseconds, Math.max(0, lastedMs));
}

/**
 * How long an event took to come into a read model, in ms.
 *
 * @param about joins the line of this metric to what it is about, and is no dimension of it
 */
export function measureLag(projection: ProjectionName, lagMs: number, about: LogContext): void {
  const single = metrics.singleMetric();
  single.addDimension('projection', projection);
  for (const [key, value] of Object.entries(about)) {
    single.addMetadata(key, value);
  }
  single.addMetric(lagMetric, MetricUnit.Milliseconds, Math.max(0, lagMs));
}

/** Joins the line of what this invocation counts to the requests that it works for. */
export function countedFor(correlationIds: readonly string[]): void {
  metrics.addMetadata('correlation_ids', [...new Set(correlationIds)].join(' '));
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
  readonly event_id?: string;
  readonly request_id?: string;
  readonly correlation_id?: string;
}

/** What of it a trace is found by. */
const annotated = ['correlation_id', 'payment_id', 'payout_id'] as const;

let correlationId: string | null = null;

/** Joins the log lines of this invocation, and its trace, to what it is about. */
export function logAs(context: LogContext): void {
  logger.appendKeys({ ...context });
  correlationId = context.correlation_id ?? correlationId;
  for (const name of annotated) {
    if (context[name] !== undefined) {
      tracer.putAnnotation(name, context[name]);
    }
  }
}

/** The request that the invocation under way works for; null where it works for several, or none. */
export function correlationIdUnderWay(): string | null {
  return correlationId;
}

/**
 * Does one message of a batch in a part of the trace of its own: the invocation's has room for one
 * message's annotations, and works for several at once.
 */
export async function tracedAs<Result>(
  context: LogContext,
  work: () => Promise<Result>,
): Promise<Result> {
  const part = tracer.isTracingEnabled()
    ? tracer.getSegment()?.addNewSubsegment('## message')
    : undefined;
  for (const name of annotated) {
    if (part && context[name] !== undefined) {
      part.addAnnotation(name, context[name]);
    }
  }
  try {
    return await work();
  } finally {
    part?.close();
  }
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
  correlationId = null;
}

/** Powertools' own middleware warns, as plain text, of each invocation that counted nothing. */
function flushMetrics(): void {
  if (metrics.hasStoredMetrics()) {
    metrics.publishStoredMetrics();
  }
}
