import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Endpoint } from '../../contracts/endpoints/endpoint.ts';
import { ApiError, apiErrors, problemOf } from '../../contracts/errors.ts';
import { logAs, logger, observed } from '../observability.ts';
import type { Authenticate } from './authenticate.ts';
import { bodyOf, refuseCardNumbers, validate } from './body.ts';
import {
  correlationIdOf,
  Headers,
  type HttpRequest,
  type HttpResponse,
  notNow,
} from './request.ts';

/**
 * A Lambda handler for one endpoint:
 * 1. authenticate, before anything of the request is looked at
 * 2. parse and validate the query and the body by the endpoint's contract
 * 3. call the use case
 * 4. map its answer, or any error to a problem+json of the error table
 */
export function httpHandler<Body, Query>(
  contract: Pick<Endpoint<Body, Query>, 'body' | 'query'>,
  authenticate: Authenticate | null,
  useCase: (request: HttpRequest<Body, Query>) => Promise<HttpResponse>,
) {
  return observed<APIGatewayProxyEvent, APIGatewayProxyResult>(async (event) => {
    const headers = new Headers(event);
    const requestId = event.requestContext.requestId;
    const correlationId = correlationIdOf(headers, requestId);
    const common = { 'X-Correlation-Id': correlationId, 'Cache-Control': 'no-store' };
    try {
      logAs({ correlation_id: correlationId });
      const tenant = authenticate ? (await authenticate(headers)).tenant : '';
      logAs({ tenant });
      const response = await useCase({
        tenant,
        correlationId,
        requestId,
        headers,
        path: pathOf(event),
        query: contract.query
          ? validate(contract.query, queryOf(event), '?')
          : (undefined as Query),
        body: contract.body ? bodyOf(contract.body, event, headers) : (undefined as Body),
      });
      return {
        statusCode: response.status,
        headers: { 'Content-Type': 'application/json', ...common, ...response.headers },
        body: typeof response.body === 'string' ? response.body : jsonOf(response.body),
      };
    } catch (error) {
      return problemResponse(error, requestId, common);
    }
  });
}

/** `JSON.rawJSON`, which Node has and the compiler's library does not list yet. */
const { rawJSON } = JSON as JSON & { rawJSON(text: string): unknown };

/** The JSON of an answer: a bigint is written out as a number, with all of its digits. */
function jsonOf(body: unknown): string {
  return JSON.stringify(body, (_name, value) =>
    typeof value === 'bigint' ? rawJSON(String(value)) : value,
  );
}

function problemResponse(
  error: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): APIGatewayProxyResult {
  // By its name, as it is an adapter's: others were in the way at each try, and nothing was written.
  if (error instanceof Error && error.name === 'Contention') {
    logger.warn('contention', error);
    return problemResponse(notNow(), requestId, headers);
  }
  if (!(error instanceof ApiError)) {
    logger.error('unexpected error', error instanceof Error ? error : new Error(String(error)));
    return problemResponse(
      new ApiError('internal_error', 'The request could not be completed.'),
      requestId,
      headers,
    );
  }
  logger.info('refused', { code: error.code });
  return {
    statusCode: apiErrors[error.code].status,
    headers: { 'Content-Type': 'application/problem+json', ...headers, ...error.headers },
    body: JSON.stringify(problemOf(error, requestId)),
  };
}

/** Path parameters, decoded: API Gateway passes them as they were sent. */
function pathOf(event: APIGatewayProxyEvent): Record<string, string> {
  const entries = Object.entries(event.pathParameters ?? {}).map(([name, value]) => {
    try {
      return [name, decodeURIComponent(value ?? '')];
    } catch {
      throw new ApiError('not_found', 'There is nothing at this path.');
    }
  });
  return Object.fromEntries(entries);
}

/** Query parameters; one that is given twice is refused by the schema, as a list is no text. */
function queryOf(event: APIGatewayProxyEvent): Record<string, unknown> {
  const query = Object.fromEntries(
    Object.entries(event.multiValueQueryStringParameters ?? {}).map(([name, values]) => [
      name,
      values?.length === 1 ? values[0] : values,
    ]),
  );
  refuseCardNumbers(query, '?');
  return query;
}
