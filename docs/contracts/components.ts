import { isDeepStrictEqual } from 'node:util';
import { type JsonSchema, jsonSchemaOf, type SchemaNames } from './json-schema.ts';

/** The schemas of a document, filled as its parts are made. */
export interface Components {
  readonly schemas: Record<string, JsonSchema>;
  /**
   * A contract as it stands in the document: by reference if it has a name, with all that has one
   * among the components.
   *
   * @throws Error for two schemas with one name
   */
  of(schema: Parameters<typeof jsonSchemaOf>[0], io: 'input' | 'output'): JsonSchema;
}

export function components(
  names: Readonly<Record<'input' | 'output', SchemaNames>>,
  first: Readonly<Record<string, JsonSchema>> = {},
): Components {
  const schemas = { ...first };
  return {
    schemas,
    of: (schema, io) => {
      const { $defs = {}, ...own } = jsonSchemaOf(schema, io, names[io]);
      for (const [name, json] of Object.entries($defs)) {
        const found = toComponents(json);
        if (schemas[name] && !isDeepStrictEqual(schemas[name], found)) {
          throw new Error(`two schemas have the name ${name}`);
        }
        schemas[name] = found;
      }
      return toComponents(own);
    },
  };
}

/** References into `$defs` are into the document's components. */
function toComponents(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' && typeof value === 'string'
      ? value.replace('#/$defs/', '#/components/schemas/')
      : value,
  );
}

/** By name, as the order that they were found in says nothing. */
export function sorted<T>(of: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
}
