import * as fc from 'fast-check';
import type { JsonSchema } from '../../docs/contracts/json-schema.ts';

/** No longer than what a request holds in any case. */
const longest = 64;

/** Values that a schema takes, mostly: a rule that JSON Schema cannot say may refuse some of them. */
export function bySchema(schema: JsonSchema): fc.Arbitrary<unknown> {
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
  if (typeof schema.type === 'object') {
    return fc.oneof(...schema.type.map((type) => bySchema({ ...schema, type })));
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

const days = fc
  .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((time) => time.toISOString().slice(0, 10));

function textBy({ format, pattern, minLength = 0, maxLength = longest }: JsonSchema) {
  if (format === 'uuid') {
    return fc.uuid();
  }
  if (format === 'date') {
    return days;
  }
  return pattern === undefined
    ? fc.string({ minLength, maxLength: Math.min(maxLength, Math.max(minLength, longest)) })
    : fc.stringMatching(new RegExp(pattern));
}

function objectBy({ properties = {}, required = [], additionalProperties }: JsonSchema) {
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
