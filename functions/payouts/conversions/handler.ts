import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoReadLimited } from '../../../shared/adapters/dynamo/ledger/limited-accounts.ts';
import { dynamoConversionStore } from '../../../shared/adapters/dynamo/payments/conversion-store.ts';
import { stageAccess } from '../../../shared/adapters/stage/stage-access.ts';
import { stageExchangeRates } from '../../../shared/adapters/stage/stage-settings.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { createConversion } from './create.ts';
import { getConversion } from './get.ts';

const ledger = tableName('ledger');
const store = dynamoConversionStore(dynamo(), { payments: tableName('payments'), ledger });

export const handler = routed([
  {
    endpoint: endpoints.createConversion,
    handler: httpHandler(
      endpoints.createConversion,
      stageAccess,
      createConversion({
        ...store,
        readLimited: dynamoReadLimited(dynamo(), ledger),
        rates: stageExchangeRates(),
        now: () => stampNow().time,
      }),
    ),
  },
  {
    endpoint: endpoints.getConversion,
    handler: httpHandler(endpoints.getConversion, stageAccess, getConversion(store.load)),
  },
]);
