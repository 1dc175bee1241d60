import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payout-store.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { stageProviders } from '../../../shared/adapters/stage-provider.ts';
import {
  stageAuthorizationWindowMs,
  stageFeePlans,
  stageInquirySchedule,
} from '../../../shared/adapters/stage-settings.ts';
import { noticeConsumer } from '../../../shared/runtime/consumers/notices.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { takeResult } from './charge.ts';
import { takeDispute } from './dispute.ts';
import { takePayout } from './payout.ts';
import { takeNotice } from './take-notice.ts';

const tables = { payments: tableName('payments'), ledger: tableName('ledger') };
const payments = dynamoPaymentStore(dynamo(), tables);
const nextStamp = stampNow;

export const handler = noticeConsumer({
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: takeNotice({
    result: takeResult({
      ...payments,
      nextStamp,
      providers: stageProviders(),
      plans: stageFeePlans(),
      authorizationWindowMs: stageAuthorizationWindowMs(),
      settleWindowMs: stageInquirySchedule().settleWindowMs,
    }),
    dispute: takeDispute({ ...payments, nextStamp }),
    payout: takePayout({ ...dynamoPayoutStore(dynamo(), tables), nextStamp }),
  }),
});
