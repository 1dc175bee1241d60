import { sqsNotices } from '../../../shared/adapters/aws/notice-queue.ts';
import { stageSecrets } from '../../../shared/adapters/aws/secrets.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoSeenNotices } from '../../../shared/adapters/dynamo/seen-notices.ts';
import { setting } from '../../../shared/adapters/environment.ts';
import { noticeSources } from '../../../shared/adapters/stage/providers/stage-notices.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { takeWebhook } from './take-webhook.ts';

export const handler = httpHandler(
  endpoints.takeProviderWebhook,
  null,
  takeWebhook({
    sourceOf: noticeSources(stageSecrets()),
    seen: dynamoSeenNotices(dynamo(), tableName('providers')),
    queue: sqsNotices(setting('NOTICES_QUEUE_URL')),
    now: Date.now,
  }),
);
