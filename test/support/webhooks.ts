import { deliver } from '../../functions/webhooks/deliver/deliver.ts';
import { wakeWebhooks } from '../../functions/webhooks/wake/wake.ts';
import { memoryOperatorLog } from '../../shared/adapters/memory/operator-log.ts';
import {
  memoryWebhookDeliveries,
  memoryWebhookEndpoints,
} from '../../shared/adapters/memory/webhooks.ts';
import type { DeliveryMessage } from '../../shared/contracts/webhooks.ts';
import { allActs } from '../../shared/domain/operator-log/list.ts';
import type { WebhookEndpoint } from '../../shared/domain/webhook/endpoint.ts';
import { timedId, type WebhookEvent } from '../../shared/domain/webhook/event.ts';
import type { WebhookTerms } from '../../shared/domain/webhook/terms.ts';
import type { WebhookAnswer, WebhookRequest } from '../../shared/ports/webhooks/webhook-sender.ts';
import { fanOut } from '../../shared/runtime/webhooks/fan-out.ts';
import { timeAt } from './ledger/transfers.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** As in production. */
export const webhookTerms: WebhookTerms = {
  retryWaitsMs: [
    5_000,
    5 * minuteMs,
    30 * minuteMs,
    2 * hourMs,
    5 * hourMs,
    10 * hourMs,
    14 * hourMs,
    20 * hourMs,
    24 * hourMs,
  ],
  disableAfterMs: 5 * 24 * hourMs,
  secretOverlapMs: 24 * hourMs,
  lostAfterMs: 20 * minuteMs,
  keepMs: 30 * 24 * hourMs,
};

/** `whsec_` and the base64 of 32 bytes, all of them this one. */
export function aSecret(byte: number): string {
  return `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
}

export function aWebhookEndpoint(
  name: string,
  given: Partial<WebhookEndpoint> = {},
): WebhookEndpoint {
  return {
    id: timedId(given.created ?? timeAt(0), 'test endpoint', name),
    tenant: 'acme',
    url: `https://hooks.example.com/${name}`,
    description: null,
    events: ['*'],
    secrets: [{ secret: aSecret(1), created: timeAt(0), expires: null }],
    disabledReason: null,
    disabledBy: null,
    failingSince: null,
    created: timeAt(0),
    version: 1,
    ...given,
  };
}

export function aWebhookEvent(ms: number, given: Partial<WebhookEvent> = {}): WebhookEvent {
  return {
    id: timedId(timeAt(ms), 'test event', given.type ?? 'payment.captured'),
    type: 'payment.captured',
    version: 1,
    time: timeAt(ms),
    tenant: 'acme',
    subject: '01900000-0000-8000-8000-000000000001',
    sequence: 1,
    correlation_id: 'correlation-1',
    causation_id: 'causation-1',
    data: { payment: { note: 'Grüße' } },
    ...given,
  };
}

export const answered = (status: number): WebhookAnswer => ({
  kind: 'answered',
  status,
  durationMs: 12.4,
});

interface Queued {
  readonly message: DeliveryMessage;
  readonly atMs: number;
  /** How often it was given to the deliverer, which failed. */
  readonly failed?: number;
}

/** As the queue of a function with a timeout of 40 seconds has them. */
const visibilityMs = 240_000;
const maxReceives = 5;

/**
 * Webhooks over the in-memory adapters, in virtual time: a queue that waits, the clock that wakes each
 * minute, and receivers that answer by `answer`.
 */
export function webhookWorld({
  answer = () => answered(200),
  terms = webhookTerms,
  disturbed = (port) => port,
}: {
  readonly answer?: (request: WebhookRequest) => WebhookAnswer;
  readonly terms?: WebhookTerms;
  /** What the functions have for a port. */
  readonly disturbed?: <Port extends object>(port: Port) => Port;
} = {}) {
  const endpoints = memoryWebhookEndpoints();
  const deliveries = memoryWebhookDeliveries();
  const log = memoryOperatorLog();
  const queued: Queued[] = [];
  const posted: (WebhookRequest & { readonly atMs: number })[] = [];
  let nowMs = 1_000;
  const now = () => timeAt(nowMs);
  const calls = disturbed({
    send: async (message: DeliveryMessage, { delaySeconds }: { readonly delaySeconds: number }) => {
      queued.push({ message, atMs: nowMs + delaySeconds * 1_000 });
    },
    log: log.append,
    post: async (request: WebhookRequest) => {
      posted.push({ ...request, atMs: nowMs });
      return answer(request);
    },
  });
  const deps = {
    ...calls,
    endpoints: disturbed(endpoints),
    deliveries: disturbed(deliveries),
    terms,
    now,
    pause: async () => {},
  };
  const take = deliver(deps);
  const wake = wakeWebhooks(deps);
  /** Gives the deliverer the messages that are there by now; one that it fails on comes again. */
  const drain = async () => {
    for (;;) {
      const at = queued.findIndex(({ atMs }) => atMs <= nowMs);
      if (at < 0) {
        return;
      }
      const [{ message, failed = 0 }] = queued.splice(at, 1) as [Queued];
      await take(message).catch(() => {
        if (failed + 1 < maxReceives) {
          queued.push({ message, atMs: nowMs + visibilityMs, failed: failed + 1 });
        }
      });
    }
  };
  return {
    ...deps,
    endpoints,
    deliveries,
    queued,
    posted,
    take,
    wake,
    drain,
    publish: fanOut(deps),
    nowMs: () => nowMs,
    at: (ms: number) => {
      nowMs = ms;
    },
    /** Lets so much time go by, the wakers' minutes in it and each message at its second. */
    pass: async (ms: number) => {
      const end = nowMs + ms;
      while (nowMs < end) {
        const nextMinute = (Math.floor(nowMs / minuteMs) + 1) * minuteMs;
        const nextMessage = Math.min(
          ...queued.map(({ atMs }) => atMs).filter((atMs) => atMs > nowMs),
        );
        nowMs = Math.min(end, nextMinute, nextMessage);
        if (nowMs === nextMinute) {
          // A run that fails has its next one.
          await wake().catch(() => {});
        }
        await drain();
      }
    },
    acts: () => allActs(log),
    logOf: async ({ tenant, id }: Pick<WebhookEndpoint, 'tenant' | 'id'>) =>
      (await deliveries.list({ tenant, endpointId: id, limit: 100, after: null })).items,
  };
}
