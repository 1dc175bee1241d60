import * as fc from 'fast-check';

/** What of JSON Schema our contracts come to. */
interface Schema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'array' | 'object';
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** No longer than what a request holds in any case. */
const longest = 64;

/** Values that a schema takes, mostly: a rule that JSON Schema cannot say may refuse some of them. */
export function bySchema(schema: Schema): fc.Arbitrary<unknown> {
  const either = schema.anyOf ?? schema.oneOf;
  if (either) {
    return fc.oneof(...either.map(bySchema));
  }
  if (schema.enum) {
    return fc.constantFrom(...schema.enum);
  }
  if ('const' in schema) {
    return fc.constant(schema.const);
  }
  switch (schema.type) {
    case 'string':
      return textBy(schema);
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({
          min: schema.minimum ?? -1_000,
          max: Math.min(schema.maximum ?? 1_000, 5_000),
        }),
        fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 0),
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(bySchema(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case 'object':
      return objectBy(schema);
    default:
      return fc.jsonValue();
  }
}

function textBy({ pattern, minLength = 0, maxLength = longest }: Schema): fc.Arbitrary<string> {
  return pattern === undefined
    ? fc.string({ minLength, maxLength: Math.min(maxLength, Math.max(minLength, longest)) })
    : fc.stringMatching(new RegExp(pattern));
}

function objectBy({ properties = {}, required = [], additionalProperties }: Schema) {
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, bySchema(of)])),
    { requiredKeys: required.filter((name) => Object.hasOwn(properties, name)) },
  );
  return typeof additionalProperties === 'object'
    ? fc
        .tuple(
          known,
          fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), bySchema(additionalProperties), {
            maxKeys: 3,
          }),
        )
        .map(([own, more]) => ({ ...more, ...own }))
    : known;
}
