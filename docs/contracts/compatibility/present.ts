import { isDeepStrictEqual } from 'node:util';
import { pathParameters } from '../../../shared/contracts/endpoints/path.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { type ApiErrorCode, apiErrors } from '../../../shared/contracts/errors.ts';
import { type EventContract, eventContracts } from '../events.ts';
import { type JsonSchema, jsonSchemaOf } from '../json-schema.ts';
import { type AnyEndpoint, addNames, namesFor } from '../names.ts';
import { namesIn } from '../openapi/parameters.ts';
import { problemForm } from '../openapi/problems.ts';
import type { Release, ReleasedEndpoint, ReleasedEvent } from './release.ts';

const table = Object.entries(endpoints) as unknown as readonly [string, AnyEndpoint][];

/** The contracts as the code has them. */
export function presentContracts(): Release {
  const eventTable = eventContracts();
  const input = collector('input', eventTable);
  const output = collector('output', eventTable);
  return {
    endpoints: byName(
      table.map(([name, endpoint]) => [name, endpointOf(endpoint, input.add, output.add)]),
    ),
    events: byName(eventTable.map((event) => [event.type, eventOf(event, output.add)])),
    errors: byName(
      Object.entries(apiErrors).map(([code, { status }]) => [
        code,
        { status, problem: problemForm(code as ApiErrorCode) },
      ]),
    ),
    input: byName(Object.entries(input.definitions)),
    output: byName(Object.entries(output.definitions)),
  };
}

type Schema = Parameters<typeof jsonSchemaOf>[0];
type Add = (schema: Schema) => JsonSchema;

function endpointOf(endpoint: AnyEndpoint, sent: Add, read: Add): ReleasedEndpoint {
  const { method, path, access, body, raw, query, answers, errors } = endpoint;
  return {
    method,
    path,
    scope: access?.scope ?? null,
    action: access?.action ?? null,
    needs: errors.includes('idempotency_key_required') ? ['Idempotency-Key'] : [],
    takes: [...(endpoint.takes ?? [])].sort(),
    gives: [...(endpoint.gives ?? [])].sort(),
    body: raw ? 'raw' : body ? sent(body) : null,
    query: query ? sent(query) : null,
    parameters: namesIn(path).map((name) => sent(pathParameters[name])),
    answers: Object.fromEntries(
      Object.entries(answers).map(([status, schema]) => [status, read(schema)]),
    ),
    errors: [...errors].sort(),
  };
}

function eventOf({ type, schema, source }: EventContract, read: Add): ReleasedEvent {
  const version = jsonSchemaOf(schema, 'output').properties?.version?.const;
  if (typeof version !== 'number') {
    throw new Error(`${type} has no version`);
  }
  return {
    version,
    bus: source === null ? null : { source, detail_type: type },
    schema: read(schema),
  };
}

/** Takes schemas, and keeps what they refer to once for all, in a document of its own. */
function collector(io: 'input' | 'output', events: readonly EventContract[]) {
  const names = namesFor(
    io,
    table.map(([, endpoint]) => endpoint),
  );
  for (const { schema } of events) {
    addNames(names, schema);
  }
  const definitions: Record<string, JsonSchema> = {};
  const add: Add = (schema) => {
    const { $defs = {}, ...own } = jsonSchemaOf(schema, io, names);
    const placed = JSON.stringify(own).replaceAll('"#/$defs/', `"${io}.json#/$defs/`);
    const id = names.get(schema as never)?.id;
    const found = id === undefined || own.$ref !== undefined ? $defs : { ...$defs, [id]: own };
    for (const [name, definition] of Object.entries(found)) {
      if (definitions[name] && !isDeepStrictEqual(definitions[name], definition)) {
        throw new Error(`two schemas have the name ${name}`);
      }
      definitions[name] = definition;
    }
    return id === undefined ? JSON.parse(placed) : { $ref: `${io}.json#/$defs/${id}` };
  };
  return { add, definitions };
}

/** In an order that a change elsewhere leaves as it is. */
function byName<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
