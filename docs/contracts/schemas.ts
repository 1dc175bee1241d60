import { eventContracts } from './events.ts';
import { type JsonSchema, jsonSchemaOf, type SchemaNames } from './json-schema.ts';
import { type AnyEndpoint, addNames, namesFor } from './names.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** A schema for each event and each resource, by the file that it stands in. */
export function schemaFilesOf(endpoints: readonly AnyEndpoint[]): Record<string, JsonSchema> {
  const names = namesFor('output', endpoints);
  const events = eventContracts();
  for (const { schema } of events) {
    addNames(names, schema);
  }
  return Object.fromEntries([
    ...events.map(({ type, schema, says }) => fileOf(type, schema, names, says)),
    ...resourcesOf(names).map(([name, schema]) => fileOf(name, schema, names)),
  ]);
}

type Schema = Parameters<typeof jsonSchemaOf>[0];

/** What has a member `object` that says what it is, by that; a list is none. */
function resourcesOf(names: SchemaNames): [string, Schema][] {
  return [...names._idmap].flatMap(([id, schema]): [string, Schema][] => {
    const { object } = jsonSchemaOf(schema, 'output').properties ?? {};
    const isOwn = typeof object?.const === 'string' && object.const !== 'list';
    return isOwn ? [[fileNameOf(id), schema]] : [];
  });
}

/** `RefundApproval` is `refund_approval`. */
function fileNameOf(id: string): string {
  return id.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase();
}

function fileOf(name: string, schema: Schema, names: SchemaNames, says?: string) {
  const { $ref = '', $defs = {} } = jsonSchemaOf(schema, 'output', names);
  const { [$ref.replace('#/$defs/', '')]: own = {}, ...others } = $defs;
  const description = says ?? own.description;
  return [
    `docs/schemas/${name}.json`,
    {
      $schema: dialect,
      $id: `urn:paysaga:schema:${name}`,
      title: name,
      ...(description ? { description } : {}),
      ...own,
      ...(Object.keys(others).length > 0 ? { $defs: others } : {}),
    },
  ] as const;
}
