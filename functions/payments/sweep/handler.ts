import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageStuckAfterMs } from '../../../shared/adapters/stage/stage-settings.ts';
import { observed } from '../../../shared/runtime/observability.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { sweepPayments } from './sweep.ts';

const store = dynamoPaymentStore(dynamo(), { payments: tableName('payments') });
const terms = { stuckAfterMs: stageStuckAfterMs() };

export const handler = observed(sweepPayments({ ...store, nextStamp: stampNow, terms }));
