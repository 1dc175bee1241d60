import type { JSONSchema } from 'json-schema-to-typescript';

/** What of an OpenAPI document the client is made from. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JSONSchema>>;
  };
  readonly 'x-errors': Readonly<
    Record<string, { readonly status: number; readonly title: string; readonly action: string }>
  >;
}

/** One parameter of an operation. */
export interface DocumentParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JSONSchema;
}

/** One operation of the document, with its references followed. */
export interface DocumentOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Its first paragraph says what it does. */
  readonly description: string;
  readonly parameters: readonly DocumentParameter[];
  readonly body: { readonly schema: JSONSchema; readonly required: boolean } | null;
  /** Of its successes, by status; null for one without a body. */
  readonly answers: Readonly<Record<string, JSONSchema | null>>;
}

interface RawOperation {
  readonly operationId: string;
  readonly description?: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: JSONSchema }>>;
  readonly required?: boolean;
}

const methods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Every operation of the document that merchants call: PSPs and banks have a path of their own. */
export function operationsIn(document: ApiDocument): DocumentOperation[] {
  return Object.entries(document.paths)
    .filter(([path]) => !path.startsWith('/providers/'))
    .flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => methods.has(method))
        .map(([method, raw]) =>
          operationOf(document, path, method, raw as RawOperation, item.parameters),
        ),
    );
}

function operationOf(
  document: ApiDocument,
  path: string,
  method: string,
  raw: RawOperation,
  shared: unknown,
): DocumentOperation {
  const parameters = [...((shared ?? []) as readonly unknown[]), ...(raw.parameters ?? [])];
  const body = raw.requestBody === undefined ? null : follow<Content>(document, raw.requestBody);
  const schema = schemaOf(body);
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    description: raw.description ?? raw.operationId,
    parameters: parameters.map((parameter) => follow<DocumentParameter>(document, parameter)),
    body: schema && { schema, required: body?.required ?? false },
    answers: Object.fromEntries(
      Object.entries(raw.responses)
        .filter(([status]) => status.startsWith('2'))
        .map(([status, answer]) => [status, schemaOf(follow<Content>(document, answer))]),
    ),
  };
}

function schemaOf(content: Content | null): JSONSchema | null {
  return content?.content?.['application/json']?.schema ?? null;
}

/** What a reference refers to; anything else is itself. */
export function follow<T>(document: ApiDocument, value: unknown): T {
  const { $ref } = value as { readonly $ref?: string };
  if ($ref === undefined) {
    return value as T;
  }
  const found = $ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
  if (found === undefined) {
    throw new Error(`${$ref} refers to nothing`);
  }
  return follow(document, found);
}
