import { endpoints as contracts } from '../../../shared/contracts/endpoints.ts';
import type { WebhookTerms } from '../../../shared/domain/webhook/terms.ts';
import type { AppendOperatorAct } from '../../../shared/ports/operator-log.ts';
import type { CheckWebhookUrl } from '../../../shared/ports/webhooks/webhook-sender.ts';
import type {
  SendDelivery,
  WebhookDeliveries,
  WebhookEndpoints,
} from '../../../shared/ports/webhooks/webhooks.ts';
import type { Access } from '../../../shared/runtime/http/entry/access.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { routed } from '../../../shared/runtime/http/routes.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import { removeEndpoint, rotateSecret, updateEndpoint } from './change.ts';
import { createEndpoint } from './create.ts';
import { getEndpoint, listDeliveries, listEndpoints } from './read.ts';
import { resendWebhook } from './resend.ts';

export interface WebhooksApiDependencies {
  readonly access: Access;
  readonly endpoints: WebhookEndpoints;
  readonly deliveries: WebhookDeliveries;
  readonly send: SendDelivery;
  readonly log: AppendOperatorAct;
  readonly nextStamp: NextStamp;
  readonly terms: WebhookTerms;
  readonly checkUrl: CheckWebhookUrl;
  readonly newSecret: () => string;
  readonly pause: (tried: number) => Promise<void>;
}

/** All that is served under `/webhook-endpoints`. */
export function webhooksApi({ access, endpoints, deliveries, ...deps }: WebhooksApiDependencies) {
  const stored = { ...endpoints, ...deps };
  const {
    createWebhookEndpoint: create,
    listWebhookEndpoints: list,
    getWebhookEndpoint: get,
    updateWebhookEndpoint: update,
    deleteWebhookEndpoint: remove,
    rotateWebhookSecret: rotate,
    listWebhookDeliveries: log,
    resendWebhook: resend,
  } = contracts;
  return routed([
    { endpoint: create, handler: httpHandler(create, access, createEndpoint(stored)) },
    { endpoint: list, handler: httpHandler(list, access, listEndpoints(endpoints)) },
    { endpoint: get, handler: httpHandler(get, access, getEndpoint(endpoints)) },
    { endpoint: update, handler: httpHandler(update, access, updateEndpoint(stored)) },
    { endpoint: remove, handler: httpHandler(remove, access, removeEndpoint(stored)) },
    { endpoint: rotate, handler: httpHandler(rotate, access, rotateSecret(stored)) },
    { endpoint: log, handler: httpHandler(log, access, listDeliveries(endpoints, deliveries)) },
    {
      endpoint: resend,
      handler: httpHandler(resend, access, resendWebhook({ ...deps, endpoints, deliveries })),
    },
  ]);
}
