import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { Headers } from '../../shared/runtime/http/request.ts';
import { logAs, logger } from '../../shared/runtime/observability.ts';
import { refusal, type SimulatorApi } from './answer.ts';

/** A part of the simulator behind a route of an API Gateway REST API. */
export function gatewayHandler(api: SimulatorApi) {
  return async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const correlationId = new Headers(event).get('x-correlation-id');
    if (correlationId) {
      logAs({ correlation_id: correlationId });
    }
    const answer = await api({
      method: event.httpMethod,
      // Not `event.path`, which has the base path of a custom domain in it.
      path: `/${event.pathParameters?.proxy ?? ''}`,
      query: event.queryStringParameters ?? {},
      body: event.isBase64Encoded
        ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
        : (event.body ?? ''),
    }).catch((error: unknown) => {
      logger.error('unexpected error', error instanceof Error ? error : new Error(String(error)));
      return refusal('internal_error', 'Something went wrong.');
    });
    logger.info('answered', { status: answer.status });
    return {
      statusCode: answer.status,
      headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
      body: answer.body,
    };
  };
}
