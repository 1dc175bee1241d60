import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Endpoint } from '../../contracts/endpoints/endpoint.ts';
import { ApiError } from '../../contracts/errors.ts';
import { httpHandler } from './handler.ts';

type HttpHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult | undefined>;

const nothingHere = httpHandler({ method: 'GET', access: null }, null, async () => {
  throw new ApiError('not_found', 'There is nothing at this path.');
});

/**
 * A Lambda handler for several endpoints: each request goes to the one of its method and its path,
 * which API Gateway gives as the template (`/payments/{payment_id}`), and to `not_found` when there
 * is none.
 */
export function routed(
  routes: readonly {
    readonly endpoint: Pick<Endpoint, 'method' | 'path'>;
    readonly handler: HttpHandler;
  }[],
): HttpHandler {
  const byRoute = new Map(
    routes.map(({ endpoint: { method, path }, handler }) => [`${method} ${path}`, handler]),
  );
  return (event, context) =>
    (byRoute.get(`${event.httpMethod} ${event.resource}`) ?? nothingHere)(event, context);
}
