import { sqsDeadLetter } from '../../../shared/adapters/aws/dead-letter.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { dynamoWebhookStore } from '../../../shared/adapters/simulator-store/dynamo-webhooks.ts';
import { stageWebhookSender } from '../../../shared/adapters/webhook-sender/stage-webhook-sender.ts';
import type { SimulatorPsp } from '../../../shared/contracts/simulator/common.ts';
import { noticeConsumer } from '../../../shared/runtime/consumers/notices.ts';
import { deliver } from './deliver.ts';

const storeOf = (psp: SimulatorPsp) => dynamoWebhookStore(dynamo(), tableName('simulator'), psp);

export const handler = noticeConsumer({
  maxReceives: Number(setting('MAX_RECEIVES')),
  deadLetter: sqsDeadLetter(setting('DLQ_URL')),
  consume: deliver({
    webhooks: { simulator: storeOf('simulator'), 'simulator-b': storeOf('simulator-b') },
    send: stageWebhookSender(),
    now: Date.now,
  }),
});
