import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

type Header = string | readonly string[];

/** What a test says of a request; the rest is what API Gateway (REST, v1) adds. */
export interface ApiEventParts {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path?: string;
  /** A list is a header that comes more than once. */
  readonly headers?: Readonly<Record<string, Header>>;
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** Text as it is on the wire; anything else is written as JSON. */
  readonly body?: unknown;
  readonly requestId?: string;
}

/** A proxy event as API Gateway (REST, v1) gives it to a function. */
export function apiEvent(parts: ApiEventParts = {}): APIGatewayProxyEvent {
  const { method = 'POST', path = '/payments', headers = {}, query, body } = parts;
  const all = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  const queries = Object.entries(query ?? {});
  return {
    httpMethod: method,
    path,
    resource: path,
    headers: Object.fromEntries(all.map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: Object.fromEntries(all.map(([name, values]) => [name, [...values]])),
    queryStringParameters: query
      ? Object.fromEntries(queries.map(([name, values]) => [name, values.at(-1)]))
      : null,
    multiValueQueryStringParameters: query
      ? Object.fromEntries(queries.map(([name, values]) => [name, [...values]]))
      : null,
    pathParameters: parts.pathParameters ? { ...parts.pathParameters } : null,
    stageVariables: null,
    body:
      body === undefined || body === null || typeof body === 'string'
        ? (body ?? null)
        : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      requestId: parts.requestId ?? 'request-1',
      httpMethod: method,
      path,
      resourcePath: path,
      resourceId: 'resource',
      stage: 'test',
      accountId: '000000000000',
      apiId: 'api',
      protocol: 'HTTP/1.1',
      requestTimeEpoch: Date.now(),
      authorizer: null,
      identity: {} as APIGatewayProxyEvent['requestContext']['identity'],
    },
  };
}

/** What Lambda tells a function about itself. */
export const lambdaContext = {
  functionName: 'function',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:function',
  memoryLimitInMB: '512',
  awsRequestId: 'invocation-1',
  logGroupName: 'group',
  logStreamName: 'stream',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => 1_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
} satisfies Context;

/** An answer with its body as JSON beside its text. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what is in it.
  readonly json: any;
}

/** Calls a handler of an endpoint as Lambda does. */
export async function invoke(
  handler: (event: APIGatewayProxyEvent, context: Context) => Promise<unknown>,
  event: APIGatewayProxyEvent,
): Promise<ApiAnswer> {
  const answer = (await handler(event, lambdaContext)) as APIGatewayProxyResult;
  return {
    status: answer.statusCode,
    headers: answer.headers ?? {},
    text: answer.body,
    json: answer.body === '' ? null : JSON.parse(answer.body),
  };
}
