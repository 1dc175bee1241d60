import type { APIGatewayProxyEvent, APIGatewayProxyResult, EventBridgeEvent } from 'aws-lambda';
import { settlementBucket } from '../../../shared/adapters/aws/settlement-bucket.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { dynamoSettlementStore } from '../../../shared/adapters/simulator-store/dynamo-settlements.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { gatewayHandler } from '../gateway.ts';
import { createSettlementApi } from './api.ts';
import { settle } from './settle.ts';

const deps = {
  store: dynamoSettlementStore(dynamo(), tableName('simulator')),
  files: settlementBucket(setting('SETTLEMENTS_BUCKET')),
  now: () => new Date(),
};
const answer = gatewayHandler(createSettlementApi(deps));
const write = settle(deps);

/** Behind `POST /settlements`, and by the clock: then the event's own id is the operation. */
export const handler = observed<
  APIGatewayProxyEvent | EventBridgeEvent<'Scheduled Event', unknown>,
  APIGatewayProxyResult | undefined
>(async (event) => {
  if ('httpMethod' in event) {
    return answer(event);
  }
  await write({ operation_id: event.id });
  return undefined;
});
