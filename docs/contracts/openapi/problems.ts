import { type ApiErrorCode, apiErrors } from '../../../shared/contracts/errors.ts';
import type { JsonSchema } from '../json-schema.ts';
import { type AnyEndpoint, pascal } from '../names.ts';

const amountLeft = { type: 'integer', minimum: 0 } as const;
const count = { type: 'integer', minimum: 1 } as const;

/** What a problem has beyond what every problem has; all of it is there each time. */
export const problemMembers: Readonly<
  Partial<Record<ApiErrorCode, Readonly<Record<string, JsonSchema>>>>
> = {
  merchant_reference_taken: { payment_id: { type: 'string', format: 'uuid' } },
  invalid_state: {
    state: { type: 'string' },
    allowed: { type: 'array', items: { type: 'string' } },
  },
  version_not_reached: { version: { type: 'integer', minimum: 0 } },
  too_many_operations: { most: count },
  too_many_webhook_endpoints: { most: count },
  amount_too_large: { available: amountLeft },
  insufficient_funds: { available: amountLeft },
};

/** What a problem of a code can have besides. */
const sometimes: Readonly<Partial<Record<ApiErrorCode, Readonly<Record<string, JsonSchema>>>>> = {
  forbidden: {
    approval_required: {
      const: true,
      description: 'There where somebody else’s approval, as `approval_id`, would let it through.',
    },
  },
};

/** What is refused place by place. */
const withPlaces: ReadonlySet<ApiErrorCode> = new Set([
  'invalid_request',
  'card_data_refused',
  'unknown_payment_method',
  'idempotency_key_required',
]);

const codes = Object.keys(apiErrors) as ApiErrorCode[];

/** The members that every problem has, by RFC 9457 and `code`. */
const common = {
  type: { type: 'string', format: 'uri' },
  title: { type: 'string' },
  status: { type: 'integer' },
  detail: { type: 'string', description: 'What happened here. No value of the request is in it.' },
  instance: { type: 'string', description: 'Names the request, for a support case.' },
  code: {
    type: 'string',
    description: `What happened, for programs. Others may be added; until now ${codes.map((code) => `\`${code}\``).join(', ')}.`,
  },
} satisfies Readonly<Record<string, JsonSchema>>;

const place = {
  type: 'object',
  properties: {
    path: {
      type: 'string',
      description:
        'A JSON pointer into the body, `?/` and the name of a query parameter, or the name of a header.',
    },
    message: { type: 'string' },
  },
  required: ['path', 'message'],
} as const satisfies JsonSchema;

/** `Problem`, a place that does not validate, and one schema for each of the codes. */
export function problemSchemas(used: ReadonlySet<ApiErrorCode>): Record<string, JsonSchema> {
  return {
    Problem: {
      description: 'An error of any code. Codes may be added.',
      type: 'object',
      properties: common,
      required: Object.keys(common),
    },
    ProblemPlace: place,
    ...Object.fromEntries([...used].map((code) => [problemName(code), problemSchema(code)])),
  };
}

export function problemName(code: ApiErrorCode): string {
  return `${pascal(code)}Problem`;
}

function problemSchema(code: ApiErrorCode): JsonSchema {
  const { title, status, action } = apiErrors[code];
  const members = problemMembers[code] ?? {};
  return {
    title,
    description: action,
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    type: 'object',
    properties: {
      type: { const: problemType(code) },
      title: { const: title },
      status: { const: status },
      code: { const: code },
      ...(withPlaces.has(code)
        ? { errors: { type: 'array', items: { $ref: '#/components/schemas/ProblemPlace' } } }
        : {}),
      ...members,
      ...sometimes[code],
    },
    required: ['code', ...Object.keys(members)],
  };
}

/** All that the problem of a code has, without references, and without what is said of it in words. */
export function problemForm(code: ApiErrorCode): JsonSchema {
  const members = problemMembers[code] ?? {};
  const forms = Object.entries<JsonSchema>(common).map(([name, { description: _, ...form }]) => [
    name,
    form,
  ]);
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(forms),
      type: { const: problemType(code) },
      code: { const: code },
      ...(withPlaces.has(code) ? { errors: { type: 'array', items: place } } : {}),
      ...members,
    },
    required: [...Object.keys(common), ...Object.keys(members)],
  };
}

function problemType(code: ApiErrorCode): string {
  return `urn:paysaga:problem:${code}`;
}

/**
 * Every error that an endpoint can answer: its own, those of what it is made of, and those that API
 * Gateway answers before or instead of its function.
 */
export function errorsOf({ access, body, raw, path, errors }: AnyEndpoint): ApiErrorCode[] {
  const all: readonly ApiErrorCode[] = [
    'invalid_request',
    'card_data_refused',
    'too_many_requests',
    'internal_error',
    'temporarily_unavailable',
    ...(access ? (['unauthorized', 'forbidden'] as const) : []),
    ...(body || raw ? (['body_too_large'] as const) : []),
    ...(body ? (['malformed_json', 'unsupported_media_type'] as const) : []),
    ...(path.includes('{') ? (['not_found'] as const) : []),
    ...errors,
  ];
  return codes.filter((code) => all.includes(code));
}
