import { randomUUID } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

/** What of an OpenAPI document such a client reads. */
export interface CalledDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly examples?: Examples }>>;
  };
  readonly responses: Readonly<Record<string, Response | { readonly $ref: string }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
}

interface Response {
  readonly content?: Readonly<Record<string, unknown>>;
}

type Examples = Readonly<Record<string, { readonly value: unknown }>>;

interface Server {
  readonly fetch: typeof fetch;
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** What is known of a call beyond the document: values of parameters by their names, and of members. */
interface Given {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

const media = 'application/json';

/**
 * A client that knows nothing but the document: it finds an operation, makes the request from what the
 * document says of it, and believes an answer only if it is one of the document's.
 */
export function documentClient(document: CalledDocument, { fetch, baseUrl, apiKey }: Server) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormatsModule.default(ajv);
  ajv.addSchema({ ...document, $id: 'https://api.invalid/openapi.json' });

  return async (operationId: string, { parameters = {}, body }: Given = {}) => {
    const { path, method, operation } = find(document, operationId);
    const wanted = operation.parameters.map((parameter) => follow<Parameter>(document, parameter));
    const givenFor = ({ name, required }: Parameter): string | undefined => {
      const value = parameters[name] ?? (name === 'Idempotency-Key' ? randomUUID() : undefined);
      if (value === undefined && required) {
        throw new Error(`${operationId} needs ${name}`);
      }
      return value;
    };
    const of = (place: Parameter['in']): [string, string][] =>
      wanted
        .filter((parameter) => parameter.in === place)
        .map((parameter) => [parameter.name, givenFor(parameter)] as const)
        .filter((entry): entry is [string, string] => entry[1] !== undefined);
    const inPath = Object.fromEntries(of('path'));
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(inPath[name] ?? ''));
    const query = new URLSearchParams(of('query')).toString();
    const [example] = Object.values(operation.requestBody?.content[media]?.examples ?? {});
    const sent = operation.requestBody && { ...(example?.value as object | undefined), ...body };
    const answer = await fetch(`${baseUrl}${filled}${query && `?${query}`}`, {
      method: method.toUpperCase(),
      headers: {
        ...Object.fromEntries(of('header')),
        ...(operation.security.length > 0 ? { Authorization: `Bearer ${apiKey}` } : {}),
        ...(sent ? { 'Content-Type': media } : {}),
      },
      ...(sent ? { body: JSON.stringify(sent) } : {}),
    });
    const json = (await answer.json()) as Record<string, unknown>;
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const found = operation.responses[answer.status];
    if (!found || !follow<Response>(document, found).content?.[type]) {
      throw new Error(`${operationId} answers ${answer.status} ${type}, which is not documented`);
    }
    const pointer = ['paths', path, method, 'responses', String(answer.status)].map(escaped);
    const place = '$ref' in found ? found.$ref : `#/${pointer.join('/')}`;
    const validate = ajv.compile({
      $ref: `https://api.invalid/openapi.json${place}/content/${escaped(type)}/schema`,
    });
    if (!validate(json)) {
      throw new Error(`${operationId} ${answer.status}: ${ajv.errorsText(validate.errors)}`);
    }
    return { status: answer.status, headers: answer.headers, json };
  };
}

/** Part of a JSON pointer in a URI. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function find({ paths }: CalledDocument, operationId: string) {
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, found] of Object.entries(item)) {
      const operation = found as Operation;
      if (operation.operationId === operationId) {
        return { path, method, operation };
      }
    }
  }
  throw new Error(`the document has no operation ${operationId}`);
}

function follow<T extends object>(document: unknown, value: T | { readonly $ref: string }): T {
  return '$ref' in value
    ? (value.$ref
        .split('/')
        .slice(1)
        .reduce((at, name) => (at as Record<string, unknown>)[name], document) as T)
    : value;
}
