import * as z from 'zod/mini';

const aSecret = { error: 'must be whsec_ and the base64 of 24 to 64 bytes' };

/**
 * Control side, the body of `POST /webhook-endpoint`: where a PSP posts its notices from now on, and
 * with which secret it signs them, by Standard Webhooks. Whether it may post there is found out then.
 */
export const SimulatorWebhookEndpoint = z.strictObject({
  url: z.url({ error: 'must be a URL' }).check(z.maxLength(2_048)),
  secret: z.string(aSecret).check(z.regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, aSecret)),
});
