import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../../json-schema.ts';
import type { Pair, SchemaFinding } from '../pair.ts';

const lowerBounds = [
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
] as const;
const upperBounds = [
  'maximum',
  'exclusiveMaximum',
  'maxLength',
  'maxItems',
  'maxProperties',
] as const;

/**
 * The values of these are chosen by callers: an answer has none that its reader did not send, so that
 * a new one surprises nobody.
 */
const chosenByCallers = new Set(['currency']);

/** What of the values that a schema of one kind takes is different, but for what is in them. */
export function compareValues(pair: Pair, pointer: string): readonly SchemaFinding[] {
  return [
    ...compareSets(pair, pointer),
    ...compareBounds(pair, pointer),
    ...compareForms(pair, pointer),
    ...compareDefaults(pair, pointer),
  ];
}

function compareSets({ from, to, direction }: Pair, pointer: string): readonly SchemaFinding[] {
  const [some, known] = [valuesOf(from.schema), valuesOf(to.schema)];
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (!known || (direction === 'read' && chosenByCallers.has(name))) {
    return [];
  }
  // An event says its version in a constant: which versions are read is compared by event.
  if (name === 'version' && [...known, ...(some ?? [])].every((one) => typeof one === 'number')) {
    return [];
  }
  const words = new Set(known.map((value) => JSON.stringify(value)));
  const strange = some?.map((value) => JSON.stringify(value)).filter((word) => !words.has(word));
  const named = strange?.join(', ') ?? 'any value';
  const change = direction === 'sent' ? 'enum_value_removed' : 'enum_value_added';
  const detail = direction === 'sent' ? `${named} is not taken any more` : `it may be ${named} now`;
  return strange?.length === 0 ? [] : [{ pointer, change, detail }];
}

function valuesOf({ const: only, enum: values }: JsonSchema): readonly unknown[] | undefined {
  return only === undefined ? values : [only];
}

function compareBounds(pair: Pair, pointer: string): readonly SchemaFinding[] {
  const { from, to, direction } = pair;
  const [some, known] = [from.schema, to.schema] as Record<string, unknown>[];
  const change = direction === 'sent' ? 'bound_tightened' : 'bound_loosened';
  const find = (names: readonly string[], isWithin: (bound: number, limit: number) => boolean) =>
    names.flatMap((name) => {
      const [bound, limit] = [some?.[name], known?.[name]] as (number | undefined)[];
      if (limit === undefined || (bound !== undefined && isWithin(bound, limit))) {
        return [];
      }
      const [old, now] = direction === 'sent' ? [bound, limit] : [limit, bound];
      return [{ pointer, change, detail: `${name} was ${old ?? 'none'} and is ${now ?? 'none'}` }];
    });
  return [
    ...find(lowerBounds, (bound, limit) => bound >= limit),
    ...find(upperBounds, (bound, limit) => bound <= limit),
  ] as readonly SchemaFinding[];
}

/** Which of two patterns takes more nobody can tell: another one is a break. */
function compareForms({ from, to, direction }: Pair, pointer: string): readonly SchemaFinding[] {
  const some = formsOf(from.schema);
  const known = formsOf(to.schema);
  const isTaken = known.every((form) => some.includes(form));
  const [old, now] = direction === 'sent' ? [some, known] : [known, some];
  const words = (forms: readonly string[]) => forms.join(' and ') || 'any text';
  return isTaken
    ? []
    : [
        {
          pointer,
          change: 'pattern_changed',
          detail: `it was ${words(old)} and is ${words(now)}`,
        },
      ];
}

/** What a text has to look like: all of these. */
function formsOf({ format, pattern, allOf = [] }: JsonSchema): readonly string[] {
  return [
    ...(format === undefined ? [] : [`a ${format}`]),
    ...[pattern, ...allOf.map((part) => part.pattern)].filter((one) => one !== undefined),
  ];
}

/** What is left out means its default: another one is another request. */
function compareDefaults({ from, to, direction }: Pair, pointer: string): readonly SchemaFinding[] {
  const [old, now] = [from.schema.default, to.schema.default];
  return direction === 'read' || old === undefined || isDeepStrictEqual(old, now)
    ? []
    : [
        {
          pointer,
          change: 'default_changed',
          detail: `left out it meant ${JSON.stringify(old)} and means ${JSON.stringify(now) ?? 'nothing'}`,
        },
      ];
}
