import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { stageBank } from '../../../shared/adapters/stage/providers/stage-bank.ts';
import { stageInquirySchedule } from '../../../shared/adapters/stage/stage-settings.ts';
import { payoutInquiryTask } from '../../../shared/runtime/payout/inquiry-task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { inquirePayout } from './inquire.ts';

const store = dynamoPayoutStore(dynamo(), { payments: tableName('payments') });

export const handler = payoutInquiryTask(
  inquirePayout({
    ...store,
    nextStamp: stampNow,
    bank: stageBank(),
    schedule: stageInquirySchedule(),
  }),
);
