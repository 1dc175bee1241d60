import { pathParameters } from '../../../shared/contracts/endpoints/path.ts';
import { apiErrors } from '../../../shared/contracts/errors.ts';
import { components, sorted } from '../components.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { type AnyEndpoint, namesFor } from '../names.ts';
import { answerHeaders, type HeaderText, requestHeaders } from './headers.ts';
import { commonResponses, operationOf, type ShownExamples } from './operation.ts';
import { namesIn } from './parameters.ts';
import { errorsOf, problemSchemas } from './problems.ts';
import { tagOf, tags } from './tags.ts';

/**
 * The payment API as an OpenAPI 3.1 document.
 *
 * @throws Error for two schemas with one name
 */
export function openApiOf(
  endpoints: readonly AnyEndpoint[],
  examplesOf: (endpoint: AnyEndpoint) => ShownExamples,
) {
  const { schemas, of } = components(
    { input: namesFor('input', endpoints), output: namesFor('output', endpoints) },
    problemSchemas(new Set(endpoints.flatMap(errorsOf))),
  );
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operationOf(endpoint, of, examplesOf(endpoint)),
    };
  }
  const used = new Set(endpoints.map(tagOf));
  return {
    openapi: '3.1.0',
    info,
    servers,
    tags: Object.entries(tags)
      .filter(([name]) => used.has(name as keyof typeof tags))
      .map(([name, description]) => ({ name, description })),
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key of the stage, or a token of its OIDC issuer.',
        },
      },
      parameters: {
        ...Object.fromEntries(endpoints.flatMap(({ path }) => namesIn(path)).map(pathParameter)),
        ...Object.fromEntries(Object.entries(requestHeaders).map(headerParameter)),
      },
      headers: answerHeaders,
      responses: referredTo(commonResponses(), paths),
      schemas: sorted(schemas),
    },
    'x-errors': apiErrors,
  };
}

function pathParameter(name: keyof typeof pathParameters) {
  const schema = jsonSchemaOf(pathParameters[name], 'input');
  return [name, { name, in: 'path', required: true, schema }] as const;
}

function headerParameter([name, { description, schema }]: [string, HeaderText]) {
  const required = name === 'Idempotency-Key';
  return [name, { name, in: 'header', required, description, schema }] as const;
}

/** Those responses that a path refers to. */
function referredTo(responses: Readonly<Record<string, unknown>>, paths: object) {
  const text = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(responses).filter(([name]) => text.includes(`"#/components/responses/${name}"`)),
  );
}

const info = {
  title: 'Paysaga',
  version: '1',
  summary: 'Takes payments, captures, refunds and payouts.',
  description: [
    'JSON in snake_case, amounts as integers in minor units.',
    'An error is `application/problem+json` (RFC 9457); `x-errors` lists every `code` with what to do. A path that is none is answered with 404, and a method that a path does not take with 405 and `Allow`.',
    'A request that changes something is sent again with the same `Idempotency-Key` when its answer is lost. A member may be added to an answer at any time.',
    'Sums of the ledger are integers of any size: past 2^53 a parser that knows no big integers rounds them.',
  ].join('\n\n'),
};

const servers = [
  {
    url: 'https://{api_id}.execute-api.{region}.amazonaws.com/v1',
    description: 'A stage: the output `ApiUrl` of its pipeline stack.',
    variables: {
      api_id: { default: 'a1b2c3d4e5', description: 'Of the REST API.' },
      region: { default: 'eu-central-1', description: 'Of the stage.' },
    },
  },
];
