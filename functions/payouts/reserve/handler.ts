import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';

import { payoutTask } from '../../../shared/runtime/payout/payout-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { reservePayout } from './reserve.ts';

const store = dynamoPayoutStore(dynamo(), {
  payments: tableName('payments'),
  ledger: tableName('ledger'),
});

export const handler = payoutTask(reservePayout({ ...store, nextStamp: stampNow }));
