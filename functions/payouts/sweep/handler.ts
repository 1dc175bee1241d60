import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { stageStuckAfterMs } from '../../../shared/adapters/stage/stage-settings.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { sweepPayouts } from './sweep.ts';

const store = dynamoPayoutStore(dynamo(), { payments: tableName('payments') });
const terms = { stuckAfterMs: stageStuckAfterMs() };

export const handler = observed(sweepPayouts({ ...store, nextStamp: stampNow, terms }));
