import * as z from 'zod/mini';

/** A JSON Schema, as far as the contracts come to one. Draft 2020-12. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
}

type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'array' | 'object';

type AnySchema = z.core.$ZodType;

/** Schemas that have a name: each stands under it in `$defs`, and is referred to. */
export type SchemaNames = z.core.$ZodRegistry<{ id: string; description?: string }>;

/**
 * What a contract says of the JSON on the wire, the one way for all that reads it: documents, the
 * compatibility check, the fuzzer, API Gateway's models.
 *
 * - `input` is what is taken: a member with a default may be absent, and an unknown one is refused
 *   where the contract refuses it. `output` is what is given: a member with a default is there, and
 *   members that are not listed may be added at any time, so none is refused.
 * - A pipe is the one of its two sides that a schema can say: what is read as text and taken as an
 *   integer is an integer, and what is read as an integer and taken as a bigint is one too.
 * - A rule in code (`z.refine`) cannot be said, and is left out.
 *
 * @throws Error for a contract that JSON Schema has no words for
 */
export function jsonSchemaOf(
  schema: AnySchema,
  io: 'input' | 'output',
  names?: SchemaNames,
): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    ...(names ? { metadata: names } : { metadata: z.registry<never>() }),
    unrepresentable: ({ zodSchema, message }) => {
      const { type } = zodSchema._zod.def;
      if (type !== 'transform' && type !== 'bigint') {
        throw new Error(message);
      }
      return type === 'bigint' ? { type: 'integer' } : {};
    },
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'pipe') {
        replace(jsonSchema, jsonSchemaOf(sideOf(def as z.core.$ZodPipeDef), io, names));
        Object.assign(jsonSchema, names?.get(zodSchema));
      } else if (def.type === 'default') {
        setDefault(jsonSchema, (def as z.core.$ZodDefaultDef).defaultValue, io);
      } else if (def.type === 'object' && io === 'output') {
        delete jsonSchema.additionalProperties;
      } else if (jsonSchema.type === 'integer') {
        dropOwnBounds(jsonSchema);
      } else if (jsonSchema.format !== undefined) {
        shortenPattern(jsonSchema);
      }
    },
  });
  return json as JsonSchema;
}

/** What is given is there: a default says something of what is taken alone. */
function setDefault(schema: z.core.JSONSchema.BaseSchema, value: unknown, io: string): void {
  delete schema.default;
  Object.assign(schema, io === 'input' ? { default: value } : {});
}

/** The side of a pipe that is on the wire. */
function sideOf({ in: before, out: after }: z.core.$ZodPipeDef): AnySchema {
  return after._zod.def.type === 'transform' ? before : after;
}

function replace(target: object, source: JsonSchema): void {
  if (source.$defs) {
    throw new Error('a pipe has no schema in it that has a name');
  }
  for (const key of Object.keys(target)) {
    delete target[key as keyof typeof target];
  }
  Object.assign(target, source);
}

/** The bounds that any integer of JavaScript has say nothing of the contract. */
function dropOwnBounds(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) {
    delete schema.minimum;
  }
  if (schema.maximum === Number.MAX_SAFE_INTEGER) {
    delete schema.maximum;
  }
}

/** How the validator ends what it says of a time in UTC with milliseconds: all times that are given. */
const inMilliseconds = '\\.\\d{3}(?:Z))$';

/** The validator's own pattern says the format again, at a length that nobody reads. */
function shortenPattern(schema: z.core.JSONSchema.BaseSchema): void {
  const { format, pattern = '' } = schema;
  if (format === 'uuid' || format === 'date' || format === 'date-time') {
    delete schema.pattern;
  }
  if (format === 'date-time' && pattern.endsWith(inMilliseconds)) {
    schema.pattern = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$';
  }
}
