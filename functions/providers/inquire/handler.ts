import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { stageProviders } from '../../../shared/adapters/stage/providers/stage-provider.ts';
import {
  stageAuthorizationWindowMs,
  stageFeePlans,
  stageInquirySchedule,
} from '../../../shared/adapters/stage/stage-settings.ts';
import { inquiryTask } from '../../../shared/runtime/inquiry/task.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { inquire } from './inquire.ts';

const store = dynamoPaymentStore(dynamo(), {
  payments: tableName('payments'),
  ledger: tableName('ledger'),
});

export const handler = inquiryTask(
  inquire({
    ...store,
    nextStamp: stampNow,
    providers: stageProviders(),
    schedule: stageInquirySchedule(),
    plans: stageFeePlans(),
    authorizationWindowMs: stageAuthorizationWindowMs(),
  }),
);
