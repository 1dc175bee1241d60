import type { Endpoint } from '../../../shared/contracts/endpoints/endpoint.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { Canary } from './secrets.ts';

/** A request with a canary in it. */
export interface CanaryRequest {
  readonly endpoint: Pick<Endpoint, 'name' | 'method' | 'path' | 'access' | 'raw'>;
  readonly canary: Canary;
  readonly place: string;
  /** By the names of the endpoint's path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Parts = Partial<Pick<CanaryRequest, 'path' | 'query' | 'headers' | 'body'>>;

/** What would be taken, were there not the canary. */
const good: Readonly<Record<string, object>> = {
  createPayment: { amount: 100, currency: 'EUR', payment_method: 'tok_approve' },
  createPayout: { amount: 100, currency: 'EUR', destination: 'ba_canary' },
  createConversion: { amount: 100, from: 'EUR', to: 'USD' },
  // Of an event that none of these requests leads to: nothing is sent there.
  createWebhookEndpoint: { url: 'https://shop.example/hooks', events: ['payment.dispute_opened'] },
};

/** Where a request can have a text, each with the canary in it. */
function places(
  base: object,
  names: readonly string[],
  { text, field: [name, value], marks }: Canary,
): [place: string, parts: Parts][] {
  const number = Number(marks[0]);
  const body = { ...base };
  const bodies: [string, unknown][] = [
    ['a field that no schema has', { ...body, [name]: value }],
    ['the metadata', { ...body, metadata: { note: `to ${text}, thanks` } }],
    ['a name in the metadata', { ...body, metadata: { [text]: 'a' } }],
    ['deep in the metadata', { ...body, metadata: { card: [{ [name]: value }] } }],
    ['the reference', { ...body, merchant_reference: text }],
    ['the payment method', { ...body, payment_method: `tok_${text}` }],
    ['the customer’s id', { ...body, customer: { id: text } }],
    ['the customer’s name', { ...body, customer: { id: 'c', name: text } }],
    ['the customer’s e-mail', { ...body, customer: { id: 'c', email: `${text}@shop.example` } }],
    ['the reason', { ...body, reason: `It was ${text}.` }],
    ['the description', { ...body, description: text }],
    ['the URL', { ...body, url: `https://shop.example/${encodeURIComponent(text)}` }],
    ['the amount', { ...body, amount: Number.isSafeInteger(number) ? number : text }],
    ['a name', { ...body, [text]: 1 }],
    ['the whole body', text],
    ['what is no JSON', `{"amount": 100, "note": "${text}`],
  ];
  return [
    ...bodies.map(([place, sent]): [string, Parts] => [
      place,
      {
        body: typeof sent === 'string' && place === 'the whole body' ? JSON.stringify(sent) : sent,
      },
    ]),
    ...['Idempotency-Key', 'X-Correlation-Id', 'Prefer', 'User-Agent', 'Referer', 'X-Note'].map(
      (header): [string, Parts] => [`the header ${header}`, { headers: { [header]: text } }],
    ),
    ['the key', { headers: { Authorization: `Bearer ${text}` } }],
    ['the query', { query: { cursor: text } }],
    ['a name in the query', { query: { [text]: '1' } }],
    ['the limit', { query: { limit: text } }],
    ...names.map((one): [string, Parts] => [`the path’s ${one}`, { path: { [one]: text } }]),
  ];
}

/** Every endpoint with a canary at every place, the canaries by turns: each comes often. */
export function canaryRequests(canaries: readonly Canary[]): CanaryRequest[] {
  let turn = 0;
  return Object.values(endpoints).flatMap((endpoint) => {
    const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const base = good[endpoint.name] ?? {};
    const count = places(base, names, canaries[0] as Canary).length;
    return Array.from({ length: count }, (_, index): CanaryRequest => {
      const canary = canaries[turn++ % canaries.length] as Canary;
      const [place, parts] = places(base, names, canary)[index] as [string, Parts];
      const ids = Object.fromEntries(names.map((name) => [name, anId(name)]));
      return {
        endpoint,
        canary,
        place,
        path: { ...ids, ...parts.path },
        query: parts.query ?? {},
        headers: parts.headers ?? {},
        body: endpoint.method === 'GET' ? null : (parts.body ?? base),
      };
    });
  });
}

function anId(name: string): string {
  return name === 'provider' ? 'simulator' : '0b6c2f5e-8d1a-8c3b-9e4f-7a5d6c8b9e0f';
}
