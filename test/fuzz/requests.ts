import * as fc from 'fast-check';
import { jsonSchemaOf } from '../../docs/contracts/json-schema.ts';
import type { Endpoint } from '../../shared/contracts/endpoints/endpoint.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { bySchema } from './by-schema.ts';

/** A request as it goes out. */
export interface FuzzRequest {
  readonly endpoint: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes; null for none. */
  readonly body: string | null;
}

/** What the requests are about: keys that are good, and ids that there are. */
export interface FuzzTargets {
  readonly keys: readonly string[];
  readonly ids: readonly string[];
}

type AnyEndpoint = Endpoint<never, never> | Endpoint<unknown, unknown>;

const all: readonly AnyEndpoint[] = Object.values(endpoints);

/** Text that broke something somewhere once. */
const nasty = fc.constantFrom(
  '',
  '%',
  '%00',
  '%2e%2e%2f',
  '..',
  '{}',
  'null',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '9007199254740993',
  "' OR 1=1 --",
  '\u0000',
  '\ud800',
  'é'.repeat(200),
  'a'.repeat(2_000),
);

/** Characters that may stand in a header. */
const headerText = fc.stringMatching(/^[\x21-\x7e]{0,80}$/);

/** Requests of every endpoint: right ones, nearly right ones, and noise. */
export function fuzzRequests(targets: FuzzTargets): fc.Arbitrary<FuzzRequest> {
  return fc.constantFrom(...all).chain((endpoint) =>
    fc
      .record({
        path: pathOf(endpoint.path, targets.ids),
        query: queryOf(endpoint),
        headers: headersOf(targets.keys),
        method: mostly(
          fc.constant(endpoint.method as string),
          fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
        ),
        body: bodyOf(endpoint),
      })
      .map(({ path, query, headers, method, body }) => ({
        endpoint: endpoint.name,
        method,
        path: query === '' ? path : `${path}?${query}`,
        headers,
        body: method === 'GET' ? null : body,
      })),
  );
}

/** Nine times of ten the one, else the other. */
function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

function pathOf(template: string, ids: readonly string[]): fc.Arbitrary<string> {
  const part = mostly<string>(
    fc.oneof(fc.constantFrom(...ids), fc.uuid()),
    fc.oneof(nasty, fc.string({ maxLength: 40 })),
  ).map((text) => encodeURIComponent(text.toWellFormed()) || 'x');
  const names = template.match(/\{\w+\}/g) ?? [];
  return fc
    .array(part, { minLength: names.length, maxLength: names.length })
    .map((parts) =>
      names.reduce((path, name, index) => path.replace(name, () => parts[index] ?? ''), template),
    );
}

function queryOf({ query }: AnyEndpoint): fc.Arbitrary<string> {
  const right = query ? bySchema(jsonSchemaOf(query, 'input')) : fc.constant({});
  const odd = fc.dictionary(
    fc.oneof(fc.constantFrom('limit', 'cursor', 'status', 'from', 'to'), nasty),
    fc.oneof(nasty, fc.string()),
    { maxKeys: 3 },
  );
  return mostly<unknown>(right, odd).map((values) =>
    new URLSearchParams(
      Object.entries(values as object).map(([name, value]): [string, string] => [
        name.toWellFormed(),
        String(value).toWellFormed(),
      ]),
    ).toString(),
  );
}

function headersOf(keys: readonly string[]): fc.Arbitrary<Record<string, string>> {
  const bearer = fc.constantFrom(...keys).map((key) => `Bearer ${key}`);
  return fc
    .record({
      authorization: mostly<string | null>(bearer, fc.oneof(headerText, fc.constant(null))),
      'idempotency-key': mostly<string | null>(fc.uuid(), fc.oneof(headerText, fc.constant(null))),
      'content-type': mostly<string | null>(
        fc.constant('application/json'),
        fc.oneof(headerText, fc.constantFrom(null, 'text/plain', 'application/json; charset=x')),
      ),
      prefer: mostly<string | null>(fc.constant(null), headerText),
      'x-correlation-id': mostly<string | null>(fc.constant(null), headerText),
    })
    .map((headers) =>
      Object.fromEntries(
        Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
      ),
    );
}

function bodyOf({ body }: AnyEndpoint): fc.Arbitrary<string | null> {
  const right = body ? bySchema(jsonSchemaOf(body, 'input')) : fc.jsonValue();
  const changed = fc
    .tuple(right, fc.string({ maxLength: 10 }), fc.jsonValue())
    .map(([value, name, other]) =>
      typeof value === 'object' && value !== null ? { ...value, [name]: other } : other,
    );
  const replaced = fc.tuple(right, fc.nat(), fc.jsonValue()).map(([value, index, other]) => {
    const names = Object.keys((value ?? {}) as object);
    const name = names[index % Math.max(1, names.length)];
    return name === undefined ? other : { ...(value as object), [name]: other };
  });
  return fc.oneof(
    { weight: 5, arbitrary: right.map(textOf) },
    { weight: 2, arbitrary: fc.oneof(changed, replaced).map(textOf) },
    { weight: 1, arbitrary: fc.oneof(fc.jsonValue().map(textOf), nasty, fc.string()) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
