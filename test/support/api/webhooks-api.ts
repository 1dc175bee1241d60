import { webhooksApi } from '../../../functions/webhooks/api/api.ts';
import { checkWebhookUrl } from '../../../shared/adapters/webhook-sender/url.ts';
import type { Access } from '../../../shared/runtime/http/entry/access.ts';
import { countingStamps } from '../payments/payments.ts';
import { aSecret, webhookWorld } from '../webhooks.ts';
import { accessBy } from './access.ts';
import { type ApiEventParts, apiEvent, invoke } from './api-event.ts';
import { findTestPrincipal, keyOf } from './memory-api.ts';

type Tenant = keyof typeof keyOf;
type Method = NonNullable<ApiEventParts['method']>;

const noId = '01900000-0000-8000-8000-000000000000';

/** The endpoints of webhooks over the in-memory adapters, and the world that they are in. */
export function memoryWebhooksApi(
  options: Parameters<typeof webhookWorld>[0] & { readonly access?: Access } = {},
) {
  const world = webhookWorld(options);
  let secrets = 0;
  const handler = webhooksApi({
    ...world,
    access: options.access ?? accessBy(findTestPrincipal),
    nextStamp: countingStamps(),
    checkUrl: (url) => checkWebhookUrl(url, {}),
    newSecret: () => aSecret(++secrets),
  });
  const call = (
    route: `${Method} ${string}`,
    {
      body,
      query,
      tenant = 'acme',
      ids = [],
    }: {
      readonly body?: unknown;
      readonly query?: ApiEventParts['query'];
      readonly tenant?: Tenant;
      /** Of the endpoint, and of the delivery. */
      readonly ids?: readonly (string | undefined)[];
    } = {},
  ) => {
    const [method, path] = route.split(' ') as [Method, string];
    const [endpoint_id = noId, delivery_id = noId] = ids;
    return invoke(
      handler,
      apiEvent({
        method,
        path,
        headers: {
          Authorization: `Bearer ${keyOf[tenant]}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body,
        ...(query ? { query } : {}),
        pathParameters: { endpoint_id, delivery_id },
      }),
    );
  };
  return {
    ...world,
    call,
    create: (body: Record<string, unknown> = {}, tenant: Tenant = 'acme') =>
      call('POST /webhook-endpoints', {
        body: { url: 'https://hooks.example.com/secret-path', ...body },
        tenant,
      }),
  };
}
