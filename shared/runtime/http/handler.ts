import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Endpoint } from '../../contracts/endpoints/endpoint.ts';
import { ApiError, apiErrors, problemOf } from '../../contracts/errors.ts';
import { securityHeaders } from '../../contracts/http-headers.ts';
import { type CardData, findCardData } from '../../domain/card-data.ts';
import type { Principal } from '../../ports/access/access.ts';
import { logAs, logger, observed } from '../observability.ts';
import {
  bodyOf,
  maxRawBodyBytes,
  rawBodyOf,
  refuseCardData,
  refusePlaces,
  validate,
} from './body.ts';
import {
  type Access,
  limitHeaders,
  type Permit,
  permitBy,
  requireAdmission,
  requireScope,
  saidOf,
} from './entry/access.ts';
import { tenantOf } from './entry/acting.ts';
import { corsHeaders } from './entry/cors.ts';
import {
  correlationIdOf,
  Headers,
  type HttpRequest,
  type HttpResponse,
  notNow,
} from './request.ts';

/** What a handler needs of its contract. */
type Contract<Body, Query> = Pick<Endpoint<Body, Query>, 'method' | 'access' | 'body' | 'query'> &
  Pick<Endpoint, 'raw'>;

/** Who nobody has to be known as, where anybody may call. */
const anybody: Principal = { tenant: '', id: 'anybody', role: 'anybody', scopes: [] };

/**
 * A Lambda handler for one endpoint:
 * 1. authenticate, before anything of the request is looked at
 * 2. take the request from what the tenant may do now
 * 3. the key must have the endpoint's scope
 * 4. parse and validate the path, the query and the body by the endpoint's contract
 * 5. ask the policies, with what the request says of its resource; the use case asks them again
 *    where more of it is known only there
 * 6. call the use case
 * 7. map its answer, or any error to a problem+json of the error table
 *
 * @param access null where the contract has none
 */
export function httpHandler<Body, Query>(
  contract: Contract<Body, Query>,
  access: Access | null,
  useCase: (request: HttpRequest<Body, Query>) => Promise<HttpResponse>,
) {
  if ((contract.access === null) !== (access === null)) {
    throw new Error('an endpoint with access needs who grants it, and no other does');
  }
  return observed<APIGatewayProxyEvent, APIGatewayProxyResult>(async (event) => {
    const headers = new Headers(event);
    const requestId = event.requestContext.requestId;
    const correlationId = correlationIdOf(headers, requestId);
    const receivedMs = event.requestContext.requestTimeEpoch;
    const latencyMs = () => Math.max(0, Date.now() - receivedMs);
    const common: Record<string, string> = {
      ...securityHeaders,
      ...corsHeaders(headers),
      'X-Correlation-Id': correlationId,
    };
    try {
      logAs({ correlation_id: correlationId, request_id: requestId });
      const entered = await enter(contract, access, headers, common);
      const { principal, tenant } = entered;
      refusePlaces(cardDataInHeaders(headers));
      const path = pathOf(event);
      const query = contract.query
        ? validate(contract.query, queryOf(event), '?')
        : (undefined as Query);
      const body = contract.body
        ? bodyOf(contract.body, event, headers)
        : ((contract.raw ? rawBodyOf(event, maxRawBodyBytes) : undefined) as Body);
      entered.permit(saidOf(path, body));
      const response = await useCase({
        principal,
        tenant,
        permit: entered.permit,
        correlationId,
        requestId,
        latencyMs,
        headers,
        path,
        query,
        body,
      });
      if (contract.method !== 'GET') {
        logger.info('answered', { status: response.status, latency_ms: latencyMs() });
      }
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

/**
 * Finds out who it is, and whether they may call this endpoint now. What they have left goes into the
 * answer's headers, also when it is a refusal.
 */
async function enter(
  { access: needed, method }: Pick<Endpoint, 'access' | 'method'>,
  access: Access | null,
  headers: Headers,
  answered: Record<string, string>,
): Promise<{ readonly principal: Principal; readonly tenant: string; readonly permit: Permit }> {
  if (needed === null || access === null) {
    logAs({ tenant: anybody.tenant });
    return { principal: anybody, tenant: anybody.tenant, permit: () => {} };
  }
  const principal = await access.authenticate(headers);
  logAs({ tenant: principal.tenant, principal: principal.id });
  const kind = method === 'GET' ? 'read' : 'write';
  const admission = await access.admit({ tenant: principal.tenant, kind });
  Object.assign(answered, limitHeaders(admission));
  requireAdmission(admission);
  requireScope(principal, needed);
  const tenant = tenantOf(principal, method, headers);
  if (tenant !== principal.tenant) {
    logAs({ tenant });
  }
  const decide = await access.policies();
  const time = new Date().toISOString();
  const asked = { action: needed.action, tenant, time };
  return { principal, tenant, permit: permitBy(decide, principal, asked) };
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
  const path = Object.fromEntries(entries);
  refuseCardData(path, '');
  return path;
}

/** The headers that are kept, or written to logs. */
const keptHeaders = ['Idempotency-Key', 'X-Correlation-Id'];

function cardDataInHeaders(headers: Headers): CardData[] {
  return keptHeaders.flatMap((path) =>
    findCardData(headers.all(path.toLowerCase()))
      .slice(0, 1)
      .map(({ message }) => ({ path, message })),
  );
}

/** Query parameters; one that is given twice is refused by the schema, as a list is no text. */
function queryOf(event: APIGatewayProxyEvent): Record<string, unknown> {
  const query = Object.fromEntries(
    Object.entries(event.multiValueQueryStringParameters ?? {}).map(([name, values]) => [
      name,
      values?.length === 1 ? values[0] : values,
    ]),
  );
  refuseCardData(query, '?');
  return query;
}
