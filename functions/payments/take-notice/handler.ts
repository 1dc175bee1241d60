import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payment-store.ts';
import { dynamoPayoutStore } from '../../../shared/adapters/dynamo/payout-store.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { noticeConsumer } from '../../../shared/runtime/consumers/notices.ts';
import { stampNow } from '../../../shared/runtime/stamp.ts';
import { takeDispute } from './dispute.ts';
import { takePayout } from './payout.ts';
import { takeNotice } from './take-notice.ts';

const tables = { payments: tableName('payments'), ledger: tableName('ledger') };
const nextStamp = stampNow;

export const handler = noticeConsumer({
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: takeNotice({
    dispute: takeDispute({ ...dynamoPaymentStore(dynamo(), tables), nextStamp }),
    payout: takePayout({ ...dynamoPayoutStore(dynamo(), tables), nextStamp }),
  }),
});
