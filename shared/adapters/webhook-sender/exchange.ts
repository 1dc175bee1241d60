import { type IncomingMessage, request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction, type TcpNetConnectOpts } from 'node:net';
import { isSameAddress } from './address.ts';
import type { WebhookTarget } from './url.ts';

export interface WebhookExchange {
  readonly target: Pick<WebhookTarget, 'url' | 'host'>;
  /** The only addresses that may be connected to. */
  readonly addresses: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Certificates to trust instead of Node's. */
  readonly ca?: string;
  /** Ends it, at whichever point it is. */
  readonly signal: AbortSignal;
}

/** The connection is not to an address that was checked. */
export class WrongAddress extends Error {}

/** The connection was closed, and Node says nothing else. */
class NoResponse extends Error {
  readonly code = 'ECONNRESET';
}

/** As much of an answer's head and body as is read. */
const maxHeadBytes = 16 * 1_024;
const maxBodyBytes = 64 * 1_024;

/** How long one of several addresses is tried before the next: Node's 250 ms are for neighbours. */
const nextAddressAfterMs = 1_000;

/**
 * Posts a body over a connection of its own, and gives the status. Nothing of the request leaves
 * before the connection is known to lead to one of the addresses.
 *
 * `request` is imported by name, as the tracer wraps the one of the module: a url, which may be the
 * receiver's secret, stays out of traces, and our trace ids stay out of the request.
 *
 * @throws WrongAddress when it leads elsewhere; what Node throws when no status comes
 */
export async function exchange(parts: WebhookExchange): Promise<number> {
  const response = await answerTo(parts);
  await drain(response);
  return response.statusCode as number;
}

function answerTo(parts: WebhookExchange): Promise<IncomingMessage> {
  const { target, addresses, body } = parts;
  const secure = target.url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? requestHttps : requestHttp)(target.url, optionsOf(parts));
    outgoing.on('error', reject);
    // After `101 Switching Protocols` there is neither an error nor a response, only this.
    outgoing.on('close', () => reject(new NoResponse()));
    outgoing.on('response', resolve);
    outgoing.on('socket', (socket) => {
      // Before all others that wait for it: TLS says hello in one of them.
      socket.prependOnceListener('connect', () => {
        const { remoteAddress = '' } = socket;
        if (!addresses.some((address) => isSameAddress(address, remoteAddress))) {
          outgoing.destroy(new WrongAddress());
        } else if (!secure) {
          outgoing.end(body);
        }
      });
      socket.once('secureConnect', () => outgoing.end(body));
    });
  });
}

type ConnectOptions = Pick<
  TcpNetConnectOpts,
  'autoSelectFamily' | 'autoSelectFamilyAttemptTimeout'
>;

function optionsOf(parts: WebhookExchange): RequestOptions & ConnectOptions {
  const { target, addresses, headers, body, ca, signal } = parts;
  return {
    method: 'POST',
    headers: { ...headers, 'Content-Length': body.length },
    // A connection that is kept could be another host's, and the process's agent could have a proxy
    // from its environment.
    agent: false,
    lookup: pinnedTo(addresses),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
    maxHeaderSize: maxHeadBytes,
    signal,
    // A certificate names an address by itself, and TLS has no server name for one.
    servername: isIP(target.host) === 0 ? target.host : '',
    // Named, as NODE_TLS_REJECT_UNAUTHORIZED would turn the default off.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(ca !== undefined && { ca }),
  };
}

/** Answers each question for a host's addresses with those that were checked; asks nobody. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, answer) => {
    const [first] = all;
    if (options.all) {
      answer(null, all);
    } else {
      answer(null, first?.address ?? '', first?.family);
    }
  };
}

/**
 * The status is the answer. The body is read so that a server which is still writing sees no reset,
 * and only so far; leaving the loop destroys the connection.
 */
async function drain(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      if (bytes > maxBodyBytes) {
        break;
      }
    }
  } catch {
    // Broken off, or out of time: no part of the answer.
  } finally {
    response.destroy();
  }
}
