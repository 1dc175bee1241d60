import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';
import { aPrincipal } from '../../support/api/access.ts';
import type { Lambda } from '../aws/lambda.ts';
import type { Core } from '../kernel/process.ts';

/** The tenants of a run, and by which key each is known. */
export const apiKeys = {
  acme: 'key-of-acme',
  globex: 'key-of-globex',
  operations: 'key-of-operations',
} as const;
export type Tenant = keyof typeof apiKeys;

const tenants = new Map(
  Object.entries(apiKeys).map(([tenant, key]) => [hashApiKey(key), aPrincipal(tenant)] as const),
);

export function findPrincipal(keyHash: string) {
  return tenants.get(keyHash) ?? null;
}

/** A request as a client makes it. */
export interface ApiRequest {
  readonly function: string;
  readonly method: 'GET' | 'POST';
  /** The template, as API Gateway has it. */
  readonly resource: string;
  readonly path: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly tenant: Tenant;
  readonly idempotencyKey?: string;
  readonly body?: object;
}

/** What a client was told. */
export interface ApiAnswer {
  readonly atMs: number;
  readonly status: number;
  readonly replayed: boolean;
  readonly text: string;
}

/** One request and what it was told; null when there was no answer, or none of the API's. */
export interface Exchange {
  readonly by: string;
  readonly sentMs: number;
  readonly request: ApiRequest;
  readonly answer: ApiAnswer | null;
}

/** The API: clients call it, and all of it is on record. */
export interface Api {
  readonly call: (by: string, request: ApiRequest) => Promise<ApiAnswer | null>;
  readonly exchanges: readonly Exchange[];
}

/** API Gateway in front of the functions: what fails is a 502, of which a client learns nothing. */
export function api(core: Core, functions: Lambda): Api {
  const exchanges: Exchange[] = [];
  const counts = new Map<string, number>();
  return {
    exchanges,
    call: (by, request) => {
      const count = (counts.get(by) ?? 0) + 1;
      counts.set(by, count);
      const name = `${request.method} ${request.resource} of ${by} ~${count}`;
      const sentMs = core.kernel.now();
      return new Promise((resolve) => {
        functions.invoke(
          { function: request.function, name, event: eventOf(request, name) },
          (answer) => {
            const { statusCode, headers, body } = (
              answer.kind === 'answered' ? answer.value : { statusCode: 502, body: '' }
            ) as APIGatewayProxyResult;
            const told =
              answer.kind === 'answered'
                ? {
                    atMs: core.kernel.now(),
                    status: statusCode,
                    replayed: headers?.['Idempotent-Replayed'] === 'true',
                    text: body,
                  }
                : null;
            core.timeline.say(name, `is told ${told ? told.status : 'nothing'}`);
            exchanges.push({ by, sentMs, request, answer: told });
            resolve(told);
          },
        );
      });
    },
  };
}

function eventOf(
  { method, resource, path, query, tenant, idempotencyKey, body }: ApiRequest,
  requestId: string,
): APIGatewayProxyEvent {
  const headers: Record<string, string> = {
    Authorization: `Bearer ${apiKeys[tenant]}`,
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
  };
  return {
    httpMethod: method,
    path: resource,
    resource,
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    ),
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters:
      query === undefined
        ? null
        : Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    pathParameters: { ...path },
    stageVariables: null,
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      requestId,
      requestTimeEpoch: Date.now(),
    } as APIGatewayProxyEvent['requestContext'],
  };
}
