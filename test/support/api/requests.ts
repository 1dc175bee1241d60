import { Headers, type HttpRequest } from '../../../shared/runtime/http/request.ts';
import { aPrincipal } from './access.ts';

/** A request as a use case gets it, of the tenant `acme`, changed by what a test gives. */
export function anHttpRequest<Query = Record<string, never>>(
  given: Partial<Omit<HttpRequest<undefined, Query>, 'query'>> & { readonly query?: Query } = {},
): HttpRequest<undefined, Query> {
  return {
    principal: aPrincipal('acme'),
    tenant: 'acme',
    permit: () => {},
    correlationId: 'correlation-1',
    requestId: 'request-1',
    latencyMs: () => 10,
    headers: new Headers({ headers: {}, multiValueHeaders: {} }),
    path: {},
    query: {} as Query,
    body: undefined,
    ...given,
  };
}
