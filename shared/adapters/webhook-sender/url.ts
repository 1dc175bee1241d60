import { isIP } from 'node:net';
import type { WebhookUrlCheck } from '../../ports/webhooks/webhook-sender.ts';
import { type Reach, reachOf } from './address.ts';

export interface WebhookUrlOptions {
  /** Lets webhooks go to this machine, and without TLS there: for the local stage alone. */
  readonly allowLoopback?: boolean;
}

/** Where a webhook is to go. */
export interface WebhookTarget {
  readonly url: URL;
  /** A name, or an address without brackets. */
  readonly host: string;
  /** Where every address of the host has to lead. */
  readonly reach: Exclude<Reach, 'internal'>;
}

const maxUrlLength = 2_048;

/** Names that mean this machine or this network, whatever DNS says (RFC 6761, 6762, 8375, ICANN). */
const privateZones = ['localhost', 'localdomain', 'local', 'internal', 'home.arpa'];

/** A webhook's url, checked when an endpoint is registered: its syntax, and a literal address. */
export function checkWebhookUrl(text: string, options: WebhookUrlOptions): WebhookUrlCheck {
  const target = webhookTarget(text, options);
  return target.ok ? { ok: true } : target;
}

/**
 * Reads a webhook's url by the parser that also connects (WHATWG's), so that what is checked is
 * what is called: it turns each way to write an IPv4 address into the canonical one. Only what is
 * `ok` may be resolved; the addresses are then held against `reach`.
 */
export function webhookTarget(
  text: string,
  { allowLoopback = false }: WebhookUrlOptions,
): ({ readonly ok: true } & WebhookTarget) | { readonly ok: false; readonly reason: string } {
  if (text.length > maxUrlLength) {
    return refused(`the url is longer than ${maxUrlLength} characters`);
  }
  // The parser drops tabs and line ends silently, which leaves a url other than the one shown.
  if (/[\s\p{Cc}]/u.test(text)) {
    return refused('the url has white space or control characters');
  }
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return refused('the url is not https');
  }
  if (url.username !== '' || url.password !== '') {
    return refused('the url has a user or a password');
  }
  if (url.href.includes('#')) {
    return refused('the url has a fragment');
  }
  if (!isAllowedPort(url)) {
    return refused('the port is neither 443 nor 1024 or higher');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const reach = isIP(host) === 0 ? reachOfName(host) : reachOf(host);
  if (reach === 'internal' || (reach === 'loopback' && !allowLoopback)) {
    return refused('the host is not on the internet');
  }
  if (url.protocol === 'http:' && reach !== 'loopback') {
    return refused('the url is not https');
  }
  return { ok: true, url, host, reach };
}

/**
 * Below 1024 a port belongs to a service of another kind (25 mail, 22 shell): nothing there takes a
 * webhook, and one that answers differently from a closed port would make us a port scanner.
 */
function isAllowedPort({ port, protocol }: URL): boolean {
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return number === 443 || number >= 1_024;
}

/**
 * A name without a dot, or with one at its end, is looked up in the search domains of our network
 * or past them: neither is what a certificate names.
 */
function reachOfName(name: string): Reach {
  if (name === 'localhost' || name.endsWith('.localhost')) {
    return 'loopback';
  }
  const isPrivate = privateZones.some((zone) => name === zone || name.endsWith(`.${zone}`));
  return isPrivate || !name.includes('.') || name.endsWith('.') ? 'internal' : 'public';
}

function refused(reason: string) {
  return { ok: false, reason } as const;
}
