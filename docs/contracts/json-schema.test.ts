import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { integerText, Limit } from '../../shared/contracts/endpoints/common.ts';
import { Sum } from '../../shared/contracts/ledger.ts';
import { CreatePayment, Metadata, Payment, Timestamp } from '../../shared/contracts/payment.ts';
import { jsonSchemaOf, type SchemaNames } from './json-schema.ts';

describe('the JSON Schema of a contract', () => {
  it('has a member with a default as one that may be absent, and that is there in what is given', () => {
    expect(jsonSchemaOf(CreatePayment, 'input').required).toEqual([
      'amount',
      'currency',
      'payment_method',
    ]);
    expect(jsonSchemaOf(CreatePayment, 'input').properties?.capture_method?.default).toBe(
      'automatic',
    );
    const given = jsonSchemaOf(CreatePayment, 'output');
    expect(given.required).toContain('capture_method');
    expect(given.properties?.capture_method).not.toHaveProperty('default');
  });

  it('refuses an unknown member in what is taken alone', () => {
    expect(jsonSchemaOf(CreatePayment, 'input').additionalProperties).toBe(false);
    for (const schema of [CreatePayment, Payment]) {
      expect(jsonSchemaOf(schema, 'output')).not.toHaveProperty('additionalProperties');
    }
  });

  it('is an integer for what is one as a text, and for a sum of any size', () => {
    for (const io of ['input', 'output'] as const) {
      expect(jsonSchemaOf(integerText(3, 9, { error: '' }), io)).toEqual({
        type: 'integer',
        minimum: 3,
        maximum: 9,
      });
      expect(jsonSchemaOf(Sum, io)).toEqual({ type: 'integer' });
      expect(jsonSchemaOf(z.nullable(Sum), io)).toEqual({ type: ['integer', 'null'] });
    }
    expect(jsonSchemaOf(Limit, 'input')).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 20,
    });
  });

  it('looks through a check that comes before a schema', () => {
    expect(jsonSchemaOf(Metadata, 'input')).toEqual({
      type: 'object',
      propertyNames: { type: 'string', minLength: 1, maxLength: 40 },
      additionalProperties: { type: 'string', maxLength: 200 },
    });
  });

  it('leaves out the bounds that every integer has', () => {
    expect(jsonSchemaOf(z.int(), 'input')).toEqual({ type: 'integer' });
    expect(jsonSchemaOf(z.int().check(z.gte(0)), 'input')).toEqual({ type: 'integer', minimum: 0 });
  });

  it('says a time in few characters', () => {
    expect(jsonSchemaOf(Timestamp, 'output')).toEqual({
      type: 'string',
      format: 'date-time',
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
    });
    expect(jsonSchemaOf(z.iso.datetime({ offset: true }), 'output')).toEqual({
      type: 'string',
      format: 'date-time',
    });
  });

  it('refers to what has a name', () => {
    const names: SchemaNames = z.registry();
    names.add(Metadata, { id: 'Metadata', description: 'texts' });
    const { properties, $defs } = jsonSchemaOf(
      z.object({ a: Metadata, b: Metadata }),
      'output',
      names,
    );
    expect(properties).toEqual({
      a: { $ref: '#/$defs/Metadata' },
      b: { $ref: '#/$defs/Metadata' },
    });
    expect($defs?.Metadata).toMatchObject({ type: 'object', description: 'texts' });
    expect($defs?.Metadata).not.toHaveProperty('id');
  });

  it('is refused for what JSON Schema has no words for', () => {
    expect(() => jsonSchemaOf(z.date(), 'input')).toThrow();
  });
});
