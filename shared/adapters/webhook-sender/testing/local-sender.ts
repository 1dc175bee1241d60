import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import type { WebhookRequest } from '../../../ports/webhooks/webhook-sender.ts';
import { type WebhookSenderOptions, webhookSender } from '../webhook-sender.ts';
import type { LoopbackServer } from './loopback.ts';

const servers: LoopbackServer[] = [];

/** A server that `closeAll` closes. */
export async function started(starting: Promise<LoopbackServer>): Promise<LoopbackServer> {
  const server = await starting;
  servers.push(server);
  return server;
}

export async function closeAll(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

/** Sends as the local stage does; whatever is resolved is this machine. */
export function sendLocally(
  url: string,
  options: WebhookSenderOptions = {},
  request: Partial<WebhookRequest> = {},
) {
  const resolve = async () => ['127.0.0.1'];
  const send = webhookSender({ allowLoopback: true, resolve, ...options });
  return send({ url, headers: {}, body: '{}', ...request });
}

export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Answers each request with a status, and keeps it. */
export function keeping(status: number, headers: Record<string, string> = {}) {
  const received: Received[] = [];
  const answer: RequestListener = async (request, response) => {
    const { method, url } = request;
    received.push({ method, url, headers: request.headers, body: await text(request) });
    response.writeHead(status, headers).end('{"ok":true}');
  };
  return { received, answer };
}
