import type { JsonSchema } from '../../json-schema.ts';
import type { Definitions, Direction, Pair, Placed, SchemaFinding } from '../pair.ts';
import { compareValues } from './values.ts';

/** What a schema may have in it here. Anything else could break somebody, and nobody would see it. */
const keywords = new Set([
  ...['$ref', '$defs', 'title', 'description', 'examples', 'type', 'format', 'pattern'],
  ...['enum', 'const', 'default', 'allOf', 'anyOf', 'oneOf', 'properties', 'required'],
  ...['additionalProperties', 'propertyNames', 'items', 'minimum', 'maximum', 'exclusiveMinimum'],
  ...['exclusiveMaximum', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties'],
]);

/**
 * What of a schema's change breaks those who go by the schema before. What cannot be told to be harmless
 * is a break: another pattern, say.
 *
 * @throws Error for a keyword that is not known here
 */
export function compareSchemas(
  before: { readonly schema: JsonSchema; readonly defs: Definitions },
  after: { readonly schema: JsonSchema; readonly defs: Definitions },
  direction: Direction,
  pointer = '',
): readonly SchemaFinding[] {
  const [old, now] = [
    { ...before, pointer },
    { ...after, pointer },
  ];
  return direction === 'sent'
    ? contained({ from: old, to: now, direction })
    : contained({ from: now, to: old, direction });
}

/** By what both schemas refer to: the same two are met in most of the contracts. */
type Known = Map<string, readonly SchemaFinding[]>;
const knownIn = new WeakMap<Definitions, WeakMap<Definitions, Known>>();

function contained(pair: Pair): readonly SchemaFinding[] {
  const { from, to, direction } = pair;
  if (!isReference(from) || !isReference(to)) {
    return compareOptions(pair);
  }
  const inFrom = knownIn.get(from.defs) ?? new WeakMap<Definitions, Known>();
  const known: Known = inFrom.get(to.defs) ?? new Map();
  knownIn.set(from.defs, inFrom.set(to.defs, known));
  const { pointer: base } = direction === 'sent' ? from : to;
  // Some rules go by the name of the member.
  const name = base.slice(base.lastIndexOf('/'));
  const key = [direction, name, from.schema.$ref, to.schema.$ref].join(' ');
  const found =
    known.get(key) ??
    compareOptions(pair).map((one) => ({ ...one, pointer: one.pointer.slice(base.length) }));
  known.set(key, found);
  return found.map((one) => ({ ...one, pointer: `${base}${one.pointer}` }));
}

/** True for what is only a reference: beside one may stand what is different from place to place. */
function isReference({ schema }: Placed): boolean {
  return schema.$ref !== undefined && Object.keys(schema).length === 1;
}

function compareOptions(pair: Pair): readonly SchemaFinding[] {
  const from = optionsOf(pair.from);
  const to = optionsOf(pair.to);
  const isOne = from.length === 1 && to.length === 1;
  return from.flatMap((option) => {
    const candidates = to.filter(
      (one) => isOfType(option, one) && (isOne || isOfName(option, one)),
    );
    const [first] = candidates;
    if (!first) {
      return [newKind(pair, option)];
    }
    const found = candidates.map((one) => compareKind({ ...pair, from: option, to: one }));
    return found.reduce((least, one) => (one.length < least.length ? one : least));
  });
}

/** The kinds of values that a schema takes, each by a schema without alternatives. */
function optionsOf(placed: Placed): readonly Placed[] {
  const { defs, pointer } = placed;
  const schema = resolve(placed);
  for (const keyword of Object.keys(schema)) {
    if (!keywords.has(keyword)) {
      throw new Error(`${pointer || '/'}: the keyword ${keyword} cannot be compared`);
    }
  }
  if (schema.allOf?.some((part) => Object.keys(part).join() !== 'pattern')) {
    throw new Error(`${pointer || '/'}: allOf of anything but patterns cannot be compared`);
  }
  for (const name of ['anyOf', 'oneOf'] as const) {
    const options = schema[name];
    if (options) {
      return options.flatMap((option, index) =>
        optionsOf({ schema: option, defs, pointer: `${pointer}/${name}/${index}` }),
      );
    }
  }
  const { type } = schema;
  return Array.isArray(type)
    ? type.map((one) => ({ schema: { ...schema, type: one }, defs, pointer }))
    : [{ schema, defs, pointer }];
}

function resolve({ schema, defs }: Pick<Placed, 'schema' | 'defs'>): JsonSchema {
  let { $ref, ...rest } = schema;
  let resolved: JsonSchema = rest;
  while ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    const target = defs[name];
    if (!target) {
      throw new Error(`there is no schema ${name}`);
    }
    ({ $ref, ...rest } = target);
    resolved = { ...rest, ...resolved };
  }
  return resolved;
}

function isOfType(from: Placed, to: Placed): boolean {
  const [one, other] = [typeOf(from.schema), typeOf(to.schema)];
  return one === other || other === undefined || (one === 'integer' && other === 'number');
}

/** True unless both are objects that say in a member which one they are, and they are two. */
function isOfName(from: Placed, to: Placed): boolean {
  const [one, other] = [nameOf(from), nameOf(to)];
  return one === null || other === null || one === other;
}

function typeOf({ type, const: only, enum: values }: JsonSchema): string | undefined {
  const [value] = only === undefined ? (values ?? []) : [only];
  const ofValue = value === null ? 'null' : typeof value;
  return typeof type === 'string' ? type : value === undefined ? undefined : ofValue;
}

/** `payment.accepted` of an object whose `type` is only that; null where nothing says it. */
function nameOf({ schema, defs }: Placed): string | null {
  for (const member of ['type', 'object']) {
    const property = schema.properties?.[member];
    const only = property && resolve({ schema: property, defs }).const;
    if (typeof only === 'string') {
      return only;
    }
  }
  return null;
}

/** A kind of value that only the first schema has. */
function newKind({ from, to, direction }: Pair, option: Placed): SchemaFinding {
  const kind = nameOf(option) ?? typeOf(option.schema) ?? 'any value';
  const isNull = kind === 'null';
  return direction === 'sent'
    ? {
        pointer: from.pointer,
        change: isNull ? 'nullable_removed' : 'type_narrowed',
        detail: `${kind} is not taken any more`,
      }
    : {
        pointer: to.pointer,
        change: isNull ? 'nullable_added' : 'type_widened',
        detail: `it may be ${kind} now`,
      };
}

function compareKind(pair: Pair): readonly SchemaFinding[] {
  const { from, to, direction } = pair;
  const at = direction === 'sent' ? from.pointer : to.pointer;
  return [...compareValues(pair, at), ...compareMembers(pair, at), ...compareParts(pair, at)];
}

function compareMembers(pair: Pair, pointer: string): readonly SchemaFinding[] {
  const { from, to, direction } = pair;
  const { properties: some = {}, required: sure = [] } = from.schema;
  const { properties: known = {}, required: needed = [] } = to.schema;
  const removed = Object.keys(direction === 'sent' ? some : known).filter(
    (name) => !Object.hasOwn(direction === 'sent' ? known : some, name),
  );
  // A member that one of them does not name is one of its others, if it says what these are.
  const others = (schema: JsonSchema) =>
    typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  const both = [...new Set([...Object.keys(some), ...Object.keys(known)])].flatMap((name) => {
    const [one, other] = [some[name] ?? others(from.schema), known[name] ?? others(to.schema)];
    return one && other ? [{ name, one, other }] : [];
  });
  const at = (name: string) => `${pointer}/properties/${escaped(name)}`;
  return [
    ...removed.map((name) => ({
      pointer: at(name),
      change: 'member_removed' as const,
      detail: `${name} is gone`,
    })),
    ...needed
      .filter((name) => !sure.includes(name) && !removed.includes(name))
      .map((name) =>
        direction === 'sent'
          ? {
              pointer: at(name),
              change: 'required_added' as const,
              detail: `${name} has to be sent now`,
            }
          : {
              pointer: at(name),
              change: 'required_dropped' as const,
              detail: `${name} may be missing now`,
            },
      ),
    ...both.flatMap(({ name, one, other }) =>
      contained({
        direction,
        from: { schema: one, defs: from.defs, pointer: at(name) },
        to: { schema: other, defs: to.defs, pointer: at(name) },
      }),
    ),
  ];
}

/** Of a list its items, of a map its values and its names. */
function compareParts({ from, to, direction }: Pair, pointer: string): readonly SchemaFinding[] {
  return (['items', 'additionalProperties', 'propertyNames'] as const).flatMap((name) => {
    const [some, known] = [from.schema[name], to.schema[name]];
    const closes = known === false && some !== false && from.schema.type === 'object';
    const place = `${pointer}/${name}`;
    if (closes) {
      return [
        { pointer: place, change: 'members_closed' as const, detail: 'others are refused now' },
      ];
    }
    return typeof known === 'object' && some !== false
      ? contained({
          direction,
          from: { schema: asSchema(some), defs: from.defs, pointer: place },
          to: { schema: known, defs: to.defs, pointer: place },
        })
      : [];
  });
}

/** A part that is not said can be anything. */
function asSchema(part: JsonSchema | true | undefined): JsonSchema {
  return typeof part === 'object' ? part : {};
}

/** RFC 6901. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
