import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payments/payout-store.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { stageProviders } from '../../../shared/adapters/stage/providers/stage-provider.ts';
import {
  stageAuthorizationWindowMs,
  stageFeePlans,
  stageInquirySchedule,
} from '../../../shared/adapters/stage/stage-settings.ts';
import { noticeConsumer } from '../../../shared/runtime/consumers/notices.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { takeResult } from './charge.ts';
import { takeDispute } from './dispute.ts';
import { takePayout } from './payout.ts';
import { takeNotice } from './take-notice.ts';

const tables = { payments: tableName('payments'), ledger: tableName('ledger') };
const payments = dynamoPaymentStore(dynamo(), tables);
const providers = stageProviders();
const nextStamp = stampNow;

export const handler = noticeConsumer({
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: takeNotice({
    result: takeResult({
      ...payments,
      nextStamp,
      providers,
      plans: stageFeePlans(),
      authorizationWindowMs: stageAuthorizationWindowMs(),
      settleWindowMs: stageInquirySchedule().settleWindowMs,
    }),
    dispute: takeDispute({
      ...payments,
      nextStamp,
      referenceOf: async (name, charge) =>
        (await providers.named(name).referenceOf?.(charge)) ?? null,
    }),
    payout: takePayout({ ...dynamoPayoutStore(dynamo(), tables), nextStamp }),
  }),
});
