import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { stageBank } from '../../../shared/adapters/stage/providers/stage-bank.ts';
import { payoutTask } from '../../../shared/runtime/payout/payout-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { sendPayout } from './send.ts';

const store = dynamoPayoutStore(dynamo(), { payments: tableName('payments') });

export const handler = payoutTask(sendPayout({ ...store, nextStamp: stampNow, bank: stageBank() }));
