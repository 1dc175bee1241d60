import { tenantName } from '../../../shared/domain/access/tenant.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { AnyEndpoint } from '../names.ts';

/** A header, as the document has it. */
export interface HeaderText {
  readonly description: string;
  readonly schema: JsonSchema;
}

const text = { type: 'string' } as const;

/** What a request may carry, by the name of the header. */
export const requestHeaders = {
  'Idempotency-Key': {
    description:
      'Names this request: sent again with the same body it takes effect once, and is answered as it was first. Exactly one header of 1 to 255 visible ASCII characters without commas; a UUID is usual.',
    schema: { type: 'string', pattern: '^[!-+\\--~]{1,255}$' },
  },
  Prefer: {
    description:
      '`wait=N` (RFC 7240): hold the answer for up to N seconds, at most 10, until the outcome is there. What makes no sense is ignored.',
    schema: text,
  },
  'If-None-Match': {
    description: 'The `ETag` of what is known: 304 when it is still so.',
    schema: text,
  },
  'Paysaga-Tenant': {
    description:
      'For operators: read as this tenant. Anybody else may name their own alone, and is refused with 403.',
    schema: { type: 'string', pattern: tenantName.source },
  },
  'X-Correlation-Id': {
    description:
      'Joins everything that this request leads to. 1 to 64 letters, digits and . _ : -; of another form it is ignored.',
    schema: text,
  },
  'webhook-id': { description: 'Standard Webhooks: the id of the notice.', schema: text },
  'webhook-timestamp': {
    description: 'Standard Webhooks: when it was sent, in seconds since 1970.',
    schema: text,
  },
  'webhook-signature': {
    description: 'Standard Webhooks: `v1,` and a base64 HMAC-SHA-256; several with spaces between.',
    schema: text,
  },
  'Stripe-Signature': { description: 'Stripe’s own signature, from Stripe.', schema: text },
} as const satisfies Readonly<Record<string, HeaderText>>;

/** What an answer may carry, by the name of the header. */
export const answerHeaders = {
  'X-Correlation-Id': {
    description: 'That of the request, or the id that it was given.',
    schema: text,
  },
  'RateLimit-Policy': {
    description:
      'The limit that counts: whose it is, and how many requests it takes at once (`q`).',
    schema: text,
  },
  RateLimit: {
    description:
      'How many requests are left of it (`r`), and in how many seconds there are more (`t`).',
    schema: text,
  },
  'Retry-After': {
    description: 'In how many seconds to ask again.',
    schema: { type: 'integer', minimum: 1 },
  },
  ETag: { description: 'The version of the resource, in quotes.', schema: text },
  Location: {
    description: 'Where to read what was taken, relative to the API’s own URL.',
    schema: text,
  },
  'Idempotent-Replayed': {
    description: 'Here when the key was used before: this is the first answer again.',
    schema: { type: 'string', const: 'true' },
  },
  'Preference-Applied': {
    description: 'The wait that was applied, when the outcome came within it.',
    schema: text,
  },
  'WWW-Authenticate': {
    description: 'How to say who asks.',
    schema: { type: 'string', const: 'Bearer' },
  },
} satisfies Readonly<Record<string, HeaderText>>;

export type AnswerHeader = keyof typeof answerHeaders;

/** The headers that an endpoint reads. */
export function headersTaken({
  method,
  access,
  takes = [],
  errors,
}: AnyEndpoint): (keyof typeof requestHeaders)[] {
  const whose = method === 'GET' && access ? (['Paysaga-Tenant'] as const) : [];
  const names = [...takes, ...whose, 'X-Correlation-Id'] as const;
  return errors.includes('idempotency_key_required') ? ['Idempotency-Key', ...names] : [...names];
}

/** What of an endpoint says which headers its answers have. */
export type HeadersOf = Pick<AnyEndpoint, 'access' | 'errors' | 'gives' | 'takes'>;

/** The headers of an answer with this status that may be of interest. */
export function headersGiven(endpoint: HeadersOf, status: number): AnswerHeader[] {
  const { access, gives = [], takes = [], errors } = endpoint;
  const rate = access && status !== 401 ? (['RateLimit-Policy', 'RateLimit'] as const) : [];
  const isDone = status < 300;
  const where: Readonly<Partial<Record<AnswerHeader, boolean>>> = {
    ETag: status === 304,
    'Idempotent-Replayed': isDone && errors.includes('idempotency_key_required'),
    'Preference-Applied': status === 200 && takes.includes('Prefer'),
    'Retry-After':
      status === 429 ||
      status === 503 ||
      (status === 409 && errors.includes('version_not_reached')),
    'WWW-Authenticate': status === 401 && access !== null,
  };
  const names = Object.keys(where) as AnswerHeader[];
  return [
    'X-Correlation-Id',
    ...rate,
    ...(isDone ? gives : []),
    ...names.filter((name) => where[name]),
  ];
}
