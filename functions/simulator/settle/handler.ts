import type { APIGatewayProxyEvent, APIGatewayProxyResult, EventBridgeEvent } from 'aws-lambda';
import { settlementBucket } from '../../../shared/adapters/aws/settlement-bucket.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { dynamoSettlementStore } from '../../../shared/adapters/simulator-store/dynamo-settlements.ts';
import { type SimulatorPsp, simulatorPsps } from '../../../shared/contracts/simulator/common.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { gatewayHandler } from '../gateway.ts';
import { createSettlementApi } from './api.ts';
import { settle } from './settle.ts';

const storeOf = (psp: SimulatorPsp) => dynamoSettlementStore(dynamo(), tableName('simulator'), psp);
const stores = { simulator: storeOf('simulator'), 'simulator-b': storeOf('simulator-b') };
const deps = {
  files: settlementBucket(setting('SETTLEMENTS_BUCKET')),
  now: () => new Date(),
};
const answer = gatewayHandler(createSettlementApi({ stores, ...deps }));

/**
 * Behind `POST /settlements`, and by the clock: then each PSP writes its file, and the event's own id
 * is the operation.
 */
export const handler = observed<
  APIGatewayProxyEvent | EventBridgeEvent<'Scheduled Event', unknown>,
  APIGatewayProxyResult | undefined
>(async (event) => {
  if ('httpMethod' in event) {
    return answer(event);
  }
  for (const psp of simulatorPsps) {
    await settle({ psp, store: stores[psp], ...deps })({ operation_id: event.id });
  }
  return undefined;
});
