import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { parse } from '@aws-lambda-powertools/parser';
import { ApiGatewayEnvelope } from '@aws-lambda-powertools/parser/envelopes/api-gateway';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import {
  APIGatewayProxyEventSchema,
  DynamoDBStreamSchema,
  EventBridgeSchema,
  SqsSchema,
} from '@aws-lambda-powertools/parser/schemas';
import type { APIGatewayProxyEvent, Context, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import type { Endpoint } from '../../../shared/contracts/endpoints/endpoint.ts';
import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { Access } from '../../../shared/runtime/http/entry/access.ts';
import {
  Headers,
  type HttpRequest,
  type HttpResponse,
} from '../../../shared/runtime/http/request.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import type { TaskCommand, TaskInput } from '../../../shared/runtime/saga-task.ts';
import { MemoryRecords } from './records.ts';

/*
 * The same jobs as those of the house's handlers, around the same use cases, with the same logger,
 * metrics and tracer, done with Powertools' parser and idempotency, as its documentation has them. What
 * a Lambda gets is parsed by Powertools' schema of it, and its content by our contract.
 */

const persistenceStore = () => new MemoryRecords();

/** Any schema of ours is one for the parser too. */
const content = (schema: unknown) => schema as z.ZodType;

/**
 * A write over HTTP: its idempotency key is the header, and its body must be the same again.
 *
 * @param by the parser's envelope, which makes its schema anew at each call, or a schema that was made
 *   once
 */
export function httpWrite<Body, Query>(
  { body }: Pick<Endpoint<Body, Query>, 'body'>,
  access: Access,
  useCase: (request: HttpRequest<Body, Query>) => Promise<HttpResponse>,
  by: 'envelope' | 'schema' = 'envelope',
) {
  const schema = JSONStringified(content(body));
  const ofEvent = APIGatewayProxyEventSchema.extend({ body: schema });
  const bodyOf = (event: APIGatewayProxyEvent): unknown =>
    by === 'envelope'
      ? parse(event, ApiGatewayEnvelope, schema)
      : parse(event, undefined, ofEvent).body;
  const config = new IdempotencyConfig({
    eventKeyJmesPath: '[headers.Authorization, headers."Idempotency-Key"]',
    payloadValidationJmesPath: 'body',
    throwOnNoIdempotencyKey: true,
  });
  const idempotent = makeIdempotent(
    async (event: APIGatewayProxyEvent, _context: Context) => {
      return answerOf(await useCase(await requestOf(event, access, bodyOf(event) as Body)));
    },
    { persistenceStore: persistenceStore(), config },
  );
  return observed<APIGatewayProxyEvent, unknown>((event, context) => idempotent(event, context));
}

/** A read over HTTP: there is nothing to keep. */
export function httpRead<Body, Query>(
  { query }: Pick<Endpoint<Body, Query>, 'query'>,
  access: Access,
  useCase: (request: HttpRequest<Body, Query>) => Promise<HttpResponse>,
) {
  return observed<APIGatewayProxyEvent, unknown>(async (event) => {
    const parsed = parse(event, undefined, APIGatewayProxyEventSchema);
    const asked = query && parse(parsed.queryStringParameters ?? {}, undefined, content(query));
    const request = await requestOf(event, access, undefined as Body);
    return answerOf(await useCase({ ...request, query: asked as Query }));
  });
}

async function requestOf<Body, Query>(
  event: APIGatewayProxyEvent,
  access: Access,
  body: Body,
): Promise<HttpRequest<Body, Query>> {
  const headers = new Headers(event);
  const principal = await access.authenticate(headers);
  const { requestId } = event.requestContext;
  return {
    principal,
    tenant: principal.tenant,
    permit: () => {},
    correlationId: requestId,
    latencyMs: () => 0,
    requestId,
    headers,
    path: (event.pathParameters ?? {}) as Record<string, string>,
    query: undefined as Query,
    body,
  };
}

function answerOf({ status, headers, body }: HttpResponse) {
  return { statusCode: status, headers: { ...headers }, body: JSON.stringify(body) };
}

const taskInput = z.object({
  payment_id: z.uuid(),
  operation_id: z.uuid().nullable(),
  tenant: z.string(),
  correlation_id: z.string(),
  execution: z.string(),
  retries: z.int(),
  error: z.string().nullable(),
});

/** A task of a saga: done once an execution. */
export function sagaTaskOf(useCase: (command: TaskCommand) => Promise<void>) {
  const config = new IdempotencyConfig({
    eventKeyJmesPath: '[payment_id, operation_id, execution]',
    throwOnNoIdempotencyKey: true,
  });
  const idempotent = makeIdempotent(
    async (event: TaskInput, _context: Context) => {
      const { payment_id, operation_id, execution, retries, error } = parse(
        event,
        undefined,
        taskInput,
      );
      await useCase({
        paymentId: payment_id,
        operationId: operation_id,
        execution: derivedId('execution', execution),
        retries,
        error,
      });
      return {};
    },
    { persistenceStore: persistenceStore(), config },
  );
  return observed<TaskInput, unknown>((event, context) => idempotent(event, context));
}

/** A consumer of the bus: an event is done once. */
export function consumerOf(schema: unknown, consume: (event: never) => Promise<void>) {
  const config = new IdempotencyConfig({ eventKeyJmesPath: 'id', throwOnNoIdempotencyKey: true });
  const message = JSONStringified(EventBridgeSchema.extend({ detail: content(schema) }));
  const idempotent = makeIdempotent(
    async (event: AnyEvent) => {
      await consume(event as never);
      return {};
    },
    { persistenceStore: persistenceStore(), config },
  );
  return observed<SQSEvent, unknown>(async (event, context) => {
    config.registerLambdaContext(context);
    const { Records } = parse(event, undefined, SqsSchema);
    const taken = await Promise.allSettled(
      Records.map(({ body }) => {
        const { detail } = parse(body, undefined, message) as { readonly detail: AnyEvent };
        return idempotent(detail);
      }),
    );
    const failed = Records.filter((_, index) => taken[index]?.status === 'rejected');
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
}

/** A reader of a table's stream: a batch's records are done once, in their order. */
export function streamOf<Item>(
  schema: unknown,
  take: (items: readonly Item[]) => Promise<unknown>,
) {
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'sequence',
    throwOnNoIdempotencyKey: true,
  });
  const idempotent = makeIdempotent(
    async (batch: { readonly sequence: string; readonly items: readonly Item[] }) => {
      await take(batch.items);
      return {};
    },
    { persistenceStore: persistenceStore(), config },
  );
  const items = z.array(z.object({ dynamodb: z.object({ NewImage: content(schema) }) }));
  return observed<DynamoDBStreamEvent, unknown>(async (event, context) => {
    config.registerLambdaContext(context);
    const { Records } = parse(event, undefined, DynamoDBStreamSchema);
    const read = parse(Records, undefined, items).map(({ dynamodb }) => dynamodb.NewImage as Item);
    await idempotent({ sequence: event.Records[0]?.dynamodb?.SequenceNumber ?? '', items: read });
    return { batchItemFailures: [] };
  });
}
