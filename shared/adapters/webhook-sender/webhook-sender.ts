import { lookup } from 'node:dns/promises';
import type { SendWebhook } from '../../ports/webhooks/webhook-sender.ts';
import { reachOf } from './address.ts';
import { exchange, WrongAddress } from './exchange.ts';
import { type WebhookUrlOptions, webhookTarget } from './url.ts';

export interface WebhookSenderOptions extends WebhookUrlOptions {
  /** From looking up the host until the end of the answer. */
  readonly deadlineMs?: number;
  /** Every address of a host, as the system that connects would find them. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Certificates to trust instead of Node's. */
  readonly ca?: string;
}

const maxBodyBytes = 256 * 1_024;

/**
 * Posts webhooks to urls that strangers choose, to the internet and nowhere else (OWASP, "Server
 * Side Request Forgery Prevention"; docs/decisions/0017).
 *
 * 1. The url is read and refused, or says where its addresses must lead.
 * 2. The host is looked up, once. One address that leads elsewhere refuses all of them.
 * 3. The connection goes to those addresses, and is looked at again before anything is sent.
 * 4. The first status is the answer. Nothing is followed, and nothing is tried again.
 *
 * No settings of the process (proxies, certificates that need no check) have a say in it.
 */
export function webhookSender(options: WebhookSenderOptions): SendWebhook {
  const { deadlineMs = 15_000, resolve = systemAddresses, ca } = options;
  return async ({ url, headers, body: text }) => {
    const target = webhookTarget(url, options);
    if (!target.ok) {
      return { kind: 'refused', reason: target.reason };
    }
    const body = Buffer.from(text);
    if (body.length > maxBodyBytes) {
      return { kind: 'refused', reason: `the body has more than ${maxBodyBytes} bytes` };
    }
    const signal = AbortSignal.timeout(deadlineMs);
    const startMs = performance.now();
    const durationMs = () => Math.round(performance.now() - startMs);
    try {
      const addresses = await before(signal, resolve(target.host));
      if (addresses.length === 0 || addresses.some((each) => reachOf(each) !== target.reach)) {
        return { kind: 'refused', reason: 'the host has an address that is not on the internet' };
      }
      const parts = { target, addresses, headers, body, signal };
      const status = await exchange(ca === undefined ? parts : { ...parts, ca });
      return { kind: 'answered', status, durationMs: durationMs() };
    } catch (error) {
      if (error instanceof WrongAddress) {
        return { kind: 'refused', reason: 'the connection led to an address that was not checked' };
      }
      const reason = signal.aborted ? `no answer within ${deadlineMs} ms` : reasonOf(error);
      return { kind: 'failed', reason, durationMs: durationMs() };
    }
  };
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** A lookup cannot be called off: it is left behind. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/**
 * By the error's code alone: Node's messages name addresses.
 *
 * @throws the error, when it has none: it is no error of the network
 */
function reasonOf(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') {
    throw error;
  }
  if (syscall === 'getaddrinfo') {
    return `the host name does not resolve: ${code}`;
  }
  return code.startsWith('HPE_') ? `the answer is not readable: ${code}` : `no answer: ${code}`;
}
