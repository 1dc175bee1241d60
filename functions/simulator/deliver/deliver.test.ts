import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import type { ProviderNoticeMessage } from '../../../shared/contracts/events/notices.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import type { WebhookEndpoint } from '../../../shared/ports/simulator-store.ts';
import type {
  WebhookAnswer,
  WebhookRequest,
} from '../../../shared/ports/webhooks/webhook-sender.ts';
import { Poison } from '../../../shared/runtime/consumers/queue-consumer.ts';
import { newWebhookSecret } from '../../../shared/runtime/webhooks/signature.ts';
import { aResultNotice } from '../../../test/support/result-notices.ts';
import { deliver } from './deliver.ts';

const notice: ProviderNoticeMessage = {
  ...aResultNotice('charge', 'effect', derivedId('test', 'payment')),
  id: 'nt_1.charge.approved',
  provider: 'simulator-b',
};
const secret = newWebhookSecret(randomBytes);
const registered = { url: 'https://api.example.com/v1/providers/simulator-b/webhooks', secret };
const answered = (status: number): WebhookAnswer => ({ kind: 'answered', status, durationMs: 1 });

function aDelivery(
  answer: WebhookAnswer = answered(200),
  endpoint: WebhookEndpoint | null = registered,
) {
  const sent: WebhookRequest[] = [];
  let nowMs = Date.now();
  return {
    sent,
    pass: (ms: number) => {
      nowMs += ms;
    },
    tell: deliver({
      webhooks: {
        simulator: { get: async () => null },
        'simulator-b': { get: async () => endpoint },
      },
      send: async (request) => {
        sent.push(request);
        return answer;
      },
      now: () => nowMs,
    }),
  };
}

describe('a notice of the simulator', () => {
  it('is posted to where its PSP’s notices go, signed as the reference library has it', async () => {
    const { tell, sent } = aDelivery();
    await tell(notice);
    expect(sent).toHaveLength(1);
    const [{ url, headers, body }] = sent as [WebhookRequest];
    expect([url, headers['content-type']]).toEqual([registered.url, 'application/json']);
    expect(new Webhook(secret).verify(body, { ...headers })).toEqual(notice);
  });

  it('is the same at each try, but for its time and its signature', async () => {
    const { tell, sent, pass } = aDelivery();
    await tell(notice);
    pass(120_000);
    await tell(notice);
    const [first, second] = sent as [WebhookRequest, WebhookRequest];
    expect(second.body).toBe(first.body);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(Number(second.headers['webhook-timestamp'])).toBe(
      Number(first.headers['webhook-timestamp']) + 120,
    );
    expect(second.headers['webhook-signature']).not.toBe(first.headers['webhook-signature']);
  });

  it.each([200, 202, 204, 299])('is done with %d', async (status) => {
    await expect(aDelivery(answered(status)).tell(notice)).resolves.toBeUndefined();
  });

  it.each([
    [answered(301), 'status 301'],
    [answered(401), 'status 401'],
    [answered(503), 'status 503'],
    [{ kind: 'refused', reason: 'the url is not https' } as const, 'not https'],
    [{ kind: 'failed', reason: 'no answer', durationMs: 1 } as const, 'no answer'],
  ])('is told again after %j', async (answer, why) => {
    const failed = aDelivery(answer).tell(notice);
    await expect(failed).rejects.toThrow(why);
    await expect(failed).rejects.not.toBeInstanceOf(Poison);
  });

  it('waits for an endpoint where there is none yet', async () => {
    const { tell, sent } = aDelivery(answered(200), null);
    await expect(tell(notice)).rejects.toThrow('no webhook endpoint of simulator-b');
    expect(sent).toEqual([]);
  });

  it('of another PSP is for a person', async () => {
    const { tell } = aDelivery();
    await expect(tell({ ...notice, provider: 'stripe' })).rejects.toBeInstanceOf(Poison);
  });
});
