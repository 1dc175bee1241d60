import { type ApiErrorCode, apiErrors } from '../../../shared/contracts/errors.ts';
import type { Components } from '../components.ts';
import { type AnyEndpoint, pascal } from '../names.ts';
import { type HeadersOf, headersGiven } from './headers.ts';
import { headerParametersOf, pathParametersOf, queryParametersOf } from './parameters.ts';
import { errorsOf, problemName } from './problems.ts';
import { tagOf } from './tags.ts';

/** What an example shows of an endpoint, as the document has it. */
export interface ShownExample {
  readonly summary: string;
  readonly description?: string;
  readonly value: unknown;
}

/** The examples of an endpoint: of its body, and of its answers by status. */
export interface ShownExamples {
  readonly body: Readonly<Record<string, ShownExample>>;
  readonly answers: Readonly<Record<number, Readonly<Record<string, ShownExample>>>>;
}

/** The operation object of an endpoint. */
export function operationOf(
  endpoint: AnyEndpoint,
  component: Components['of'],
  examples: ShownExamples,
) {
  const { name, summary, access, body, raw } = endpoint;
  const [first = summary] = summary.split(/(?<=[.?]) /);
  return {
    operationId: name,
    tags: [tagOf(endpoint)],
    summary: first.replace(/[.:]$/, ''),
    description: access
      ? `${summary}\n\nNeeds the scope \`${access.scope}\`, and policies that permit \`${access.action}\`.`
      : summary,
    security: access ? [{ bearer: [] }] : [],
    parameters: [
      ...pathParametersOf(endpoint),
      ...queryParametersOf(endpoint),
      ...headerParametersOf(endpoint),
    ],
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: {
              'application/json': {
                schema: component(body, 'input'),
                ...shown(examples.body),
              },
            },
          },
        }
      : {}),
    ...(raw ? { requestBody: rawBody } : {}),
    responses: responsesOf(endpoint, component, examples),
  };
}

/** The bytes as their sender signed them; the schema says no more of them than what they are. */
const rawBody = {
  required: true,
  description:
    'What the PSP or the bank tells, in its own form: the signature is over these bytes.',
  content: { 'application/json': { schema: {} } },
};

function responsesOf(
  endpoint: AnyEndpoint,
  component: Components['of'],
  { answers }: ShownExamples,
) {
  const good = Object.entries(endpoint.answers).map(([status, schema]) => [
    status,
    {
      description: meanings[status] ?? 'Done.',
      headers: headersOf(endpoint, Number(status)),
      ...(status === '204'
        ? {}
        : {
            content: {
              'application/json': {
                schema: component(schema, 'output'),
                ...shown(answers[Number(status)] ?? {}),
              },
            },
          }),
    },
  ]);
  const same = endpoint.takes?.includes('If-None-Match')
    ? [['304', { description: 'It is as it was.', headers: headersOf(endpoint, 304) }]]
    : [];
  return Object.fromEntries([...good, ...same, ...problemsOf(endpoint, answers)]);
}

const meanings: Readonly<Record<string, string>> = {
  200: 'As it is now.',
  201: 'Made.',
  202: 'Taken. The outcome comes later.',
  204: 'Gone.',
};

function problemsOf(endpoint: AnyEndpoint, examples: ShownExamples['answers']) {
  const byStatus = new Map<number, ApiErrorCode[]>();
  for (const code of errorsOf(endpoint)) {
    const { status } = apiErrors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(([status, codes]) => {
    const [code, ...more] = codes;
    const own = examples[status] ?? {};
    return [
      String(status),
      code && isCommon(code) && endpoint.access && more.length + Object.keys(own).length === 0
        ? { $ref: `#/components/responses/${pascal(code)}` }
        : problemResponse(headersOf(endpoint, status), codes, own),
    ];
  });
}

/** What whoever has to say who asks may be answered, the same everywhere. */
const common = [
  'unauthorized',
  'forbidden',
  'not_found',
  'body_too_large',
  'unsupported_media_type',
  'idempotency_key_reused',
  'too_many_requests',
  'internal_error',
  'temporarily_unavailable',
] as const satisfies readonly ApiErrorCode[];

function isCommon(code: ApiErrorCode): boolean {
  return (common as readonly string[]).includes(code);
}

/** The common answers, by their names among the components. */
export function commonResponses() {
  const anybody = {
    access: { scope: 'payments:read', action: 'payments:read' },
    errors: [],
  } as const;
  return Object.fromEntries(
    common.map((code) => {
      const { status } = apiErrors[code];
      return [pascal(code), problemResponse(headersOf(anybody, status), [code], {})];
    }),
  );
}

function problemResponse(
  headers: ReturnType<typeof headersOf>,
  codes: readonly ApiErrorCode[],
  examples: Readonly<Record<string, ShownExample>>,
) {
  const schemas = codes.map((code) => ({ $ref: `#/components/schemas/${problemName(code)}` }));
  return {
    description: codes.map((code) => `\`${code}\`: ${apiErrors[code].title}.`).join('\n'),
    headers,
    content: {
      'application/problem+json': {
        schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas },
        ...shown(examples),
      },
    },
  };
}

function headersOf(endpoint: HeadersOf, status: number) {
  return Object.fromEntries(
    headersGiven(endpoint, status).map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
}

function shown(examples: Readonly<Record<string, ShownExample>>) {
  return Object.keys(examples).length > 0 ? { examples } : {};
}
