import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../json-schema.ts';
import { compareSchemas } from './schemas.ts';

const texts = ['', 'a', 'b', 'ab', 'abc'];
const numbers = [-1, 0, 1, 2, 5, 1.5];

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const small = fc.integer({ min: 0, max: 3 });

const leaf: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.record(
    {
      type: fc.constant('string' as const),
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom('^a', 'b$'),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constant('string' as const),
      enum: fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['type'] },
  ),
  fc.record(
    {
      type: fc.constantFrom('integer' as const, 'number' as const),
      minimum: small,
      exclusiveMaximum: small,
      const: fc.constantFrom(0, 1, 2),
    },
    { requiredKeys: ['type'] },
  ),
  fc.constant({ type: 'null' as const }),
  fc.constant({ type: ['string', 'null'] as const }),
);

const object: fc.Arbitrary<JsonSchema> = fc
  .record({ a: optional(leaf), b: optional(leaf), required: fc.subarray(['a', 'b']) })
  .map(({ a, b, required }) => {
    const properties = { ...(a && { a }), ...(b && { b }) };
    return {
      type: 'object' as const,
      properties,
      required: required.filter((name) => Object.hasOwn(properties, name)),
      additionalProperties: false,
    };
  });

const list: fc.Arbitrary<JsonSchema> = fc.record(
  { type: fc.constant('array' as const), items: leaf, minItems: small, maxItems: small },
  { requiredKeys: ['type'] },
);

const map: fc.Arbitrary<JsonSchema> = fc.record(
  {
    type: fc.constant('object' as const),
    additionalProperties: leaf,
    propertyNames: fc.constantFrom(
      { pattern: '^a', type: 'string' },
      { maxLength: 1, type: 'string' },
    ) as fc.Arbitrary<JsonSchema>,
  },
  { requiredKeys: ['type', 'additionalProperties'] },
);

const one = fc.oneof(leaf, object, list, map);
const schema: fc.Arbitrary<JsonSchema> = fc.oneof(
  one,
  fc.array(one, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
);

const leaves: readonly unknown[] = [...texts, ...numbers, null, true];
const values: readonly unknown[] = [
  ...leaves,
  {},
  ...leaves.flatMap((a) => [{ a }, { b: a }, [a], [a, a]]),
  ...leaves.flatMap((a) => leaves.map((b) => ({ a, b }))),
  { c: 'a' },
  [],
];

const ajv = new Ajv2020({ strict: false });
const takenBy = (of: JsonSchema) => {
  const isValid = ajv.compile(of);
  return (value: unknown) => isValid(value) === true;
};

describe('schemas between which no break is found', () => {
  it('take all that was taken, of what is sent', () => {
    let harmless = 0;
    fc.assert(
      fc.property(schema, schema, (before, after) => {
        const found = compareSchemas(
          { schema: before, defs: {} },
          { schema: after, defs: {} },
          'sent',
        );
        if (found.length === 0) {
          harmless += 1;
          const isTaken = takenBy(after);
          expect(values.filter(takenBy(before)).filter((value) => !isTaken(value))).toEqual([]);
        }
      }),
      { seed: 1, numRuns: 4_000 },
    );
    expect(harmless).toBeGreaterThan(100);
  });

  it('give nothing that was not given, of what is read, but for members that nobody knew', () => {
    let harmless = 0;
    fc.assert(
      fc.property(schema, schema, (before, after) => {
        const found = compareSchemas(
          { schema: before, defs: {} },
          { schema: after, defs: {} },
          'read',
        );
        if (found.length === 0) {
          harmless += 1;
          // A reader takes no offence at what it does not know.
          const isKnown = takenBy(
            JSON.parse(JSON.stringify(before).replaceAll(',"additionalProperties":false', '')),
          );
          expect(values.filter(takenBy(after)).filter((value) => !isKnown(value))).toEqual([]);
        }
      }),
      { seed: 2, numRuns: 4_000 },
    );
    expect(harmless).toBeGreaterThan(100);
  });

  it('are a schema and itself', () => {
    fc.assert(
      fc.property(schema, fc.constantFrom('sent' as const, 'read' as const), (same, direction) => {
        const placed = { schema: same, defs: {} };
        expect(compareSchemas(placed, structuredClone(placed), direction)).toEqual([]);
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });
});
