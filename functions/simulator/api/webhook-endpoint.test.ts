import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret } from '../../../shared/runtime/webhooks/signature.ts';
import { aSimulator } from '../../../test/support/psp/simulator.ts';

const secret = newWebhookSecret(randomBytes);
const url = 'http://127.0.0.1:4566/v1/providers/simulator/webhooks';

describe('where the notices of a PSP go', () => {
  it('is registered for each PSP, and answered without the secret', async () => {
    const { post, webhooks } = aSimulator();
    expect(await post('/webhook-endpoint', { url, secret })).toMatchObject({
      status: 200,
      json: { url },
    });
    const other = { url: 'https://example.com/b', secret: newWebhookSecret(randomBytes) };
    const answer = await post('/b/webhook-endpoint', other);
    expect(answer).toMatchObject({ status: 200, json: { url: other.url } });
    expect(answer.body).not.toContain(other.secret);
    expect(await webhooks.simulator.get()).toEqual({ url, secret });
    expect(await webhooks['simulator-b'].get()).toEqual(other);
  });

  it.each([
    [{ url: 'nowhere', secret }],
    [{ url, secret: 'whsec_short' }],
    [{ url, secret: `${secret} ${secret}` }],
    [{ url }],
    [{ url, secret, more: 1 }],
  ])('is refused without an echo of the secret: %#', async (body) => {
    const { post, webhooks } = aSimulator();
    const answer = await post('/webhook-endpoint', body);
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'invalid_request' } } });
    expect(answer.body).not.toContain(secret);
    expect(await webhooks.simulator.get()).toBeNull();
  });
});
