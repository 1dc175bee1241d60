import type { JsonSchema } from '../json-schema.ts';
import type { BreakingChange, Finding } from './finding.ts';
import type { Direction, SchemaFinding } from './pair.ts';
import type { Release, ReleasedEndpoint, ReleasedEvent } from './release.ts';
import { compareSchemas } from './schemas/schemas.ts';

/** What is known of who goes by the contracts. */
export interface Consumers {
  readonly ofEndpoint: (
    name: string,
    endpoint: ReleasedEndpoint,
    change: BreakingChange,
  ) => readonly string[];
  readonly ofEvent: (type: string, event: ReleasedEvent) => readonly string[];
  readonly ofError: (code: string) => readonly string[];
}

/** True when events of the version are read, whatever is written now. */
export type ReadsVersion = (type: string, version: number) => boolean;

interface Comparison {
  /** The release's version. */
  readonly name: string;
  readonly before: Release;
  readonly after: Release;
  readonly consumers: Consumers;
  readonly readsVersion: ReadsVersion;
}

type Found = Pick<Finding, 'pointer' | 'change' | 'detail'>;

/** Every change of the contracts that breaks somebody who goes by those of a release. */
export function compareReleases(comparison: Comparison): readonly Finding[] {
  return [
    ...compareEndpoints(comparison),
    ...compareEvents(comparison),
    ...compareErrors(comparison),
  ];
}

function compareEndpoints(comparison: Comparison): readonly Finding[] {
  const { name: release, before, after, consumers } = comparison;
  const routes = new Map(Object.values(after.endpoints).map((one) => [routeOf(one), one]));
  return Object.entries(before.endpoints).flatMap(([contract, old]) => {
    const now = routes.get(routeOf(old));
    const about = { contract, kind: 'endpoint' as const, release };
    const found = now
      ? compareEndpoint(comparison, old, now)
      : [gone('endpoint_removed', `${old.method} ${old.path} is gone`)];
    return found.map((one) => ({
      ...about,
      ...one,
      consumers: consumers.ofEndpoint(contract, old, one.change),
    }));
  });
}

/** Callers know an endpoint by its method and path; what a parameter is called they never see. */
function routeOf({ method, path }: ReleasedEndpoint): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}

function compareEndpoint(
  { before, after }: Comparison,
  old: ReleasedEndpoint,
  now: ReleasedEndpoint,
): readonly Found[] {
  const lost = (
    name: 'takes' | 'gives' | 'errors' | 'needs',
    change: BreakingChange,
    [some, others]: readonly [ReleasedEndpoint, ReleasedEndpoint],
    words: string,
  ): Found[] =>
    some[name]
      .filter((one) => !others[name].includes(one))
      .map((one) => ({ pointer: `/${name}`, change, detail: `${one} ${words}` }));
  const isKept = (name: 'scope' | 'action') => now[name] === null || old[name] === now[name];
  const changed = (name: 'scope' | 'action'): Found[] =>
    isKept(name)
      ? []
      : [
          {
            pointer: `/${name}`,
            change: `${name}_changed`,
            detail: `it was ${old[name] ?? 'none'} and is ${now[name]}`,
          },
        ];
  const schemas = { before, after };
  return [
    ...changed('scope'),
    ...changed('action'),
    ...lost('needs', 'header_needed', [now, old], 'has to be sent now'),
    ...lost('takes', 'header_ignored', [old, now], 'is not heeded any more'),
    ...lost('gives', 'answer_header_removed', [old, now], 'is not given any more'),
    ...lost('errors', 'error_removed', [old, now], 'is not answered any more'),
    ...compareParameters(schemas, old, now),
    ...compareSent(schemas, '/query', old.query, now.query),
    ...compareSent(schemas, '/body', old.body, now.body),
    ...compareAnswers(schemas, old, now),
  ];
}

interface Both {
  readonly before: Release;
  readonly after: Release;
}

/** By their places: the paths are the same but for the names. */
function compareParameters(
  both: Both,
  old: ReleasedEndpoint,
  now: ReleasedEndpoint,
): readonly Found[] {
  return old.parameters.flatMap((schema, index) =>
    compareIn(both, 'sent', `/parameters/${index}`, schema, now.parameters[index] ?? {}),
  );
}

/** What was taken where nothing is taken now, or the other way round, is compared as an empty object. */
function compareSent(
  both: Both,
  pointer: string,
  old: ReleasedEndpoint['body'],
  now: ReleasedEndpoint['body'],
): readonly Found[] {
  if (old === 'raw' || now === 'raw') {
    return old === now || (old === null && now === 'raw')
      ? []
      : [{ pointer, change: 'body_changed', detail: 'it is taken in another way' }];
  }
  const nothing = { type: 'object', properties: {}, additionalProperties: false } as const;
  return compareIn(both, 'sent', pointer, old ?? nothing, now ?? nothing);
}

function compareAnswers(
  both: Both,
  old: ReleasedEndpoint,
  now: ReleasedEndpoint,
): readonly Found[] {
  const added = Object.keys(now.answers).filter((status) => !Object.hasOwn(old.answers, status));
  return [
    ...Object.entries(old.answers).flatMap(([status, schema]): readonly Found[] => {
      const pointer = `/answers/${status}`;
      const answer = now.answers[status];
      return answer
        ? compareIn(both, 'read', pointer, schema, answer)
        : [{ pointer, change: 'answer_removed', detail: `${status} is gone` }];
    }),
    ...added.map((status) => ({
      pointer: `/answers/${status}`,
      change: 'answer_added' as const,
      detail: `it may be ${status} now`,
    })),
  ];
}

function compareEvents(comparison: Comparison): readonly Finding[] {
  const { name: release, before, after, consumers } = comparison;
  return Object.entries(before.events).flatMap(([contract, old]) => {
    const now = after.events[contract];
    const about = {
      contract,
      kind: 'event' as const,
      release,
      version: old.version,
      consumers: consumers.ofEvent(contract, old),
    };
    const found = now
      ? [
          ...compareBus(old, now),
          ...compareIn(comparison, 'read', '/schema', old.schema, now.schema),
          ...compareVersions(comparison, contract, old, now),
        ]
      : [gone('event_removed', `${contract} is gone`)];
    return found.map((one) => ({ ...about, ...one }));
  });
}

/** By source and detail type: a rule that matches neither stays silent, and nobody hears of it. */
function compareBus({ bus: old }: ReleasedEvent, { bus: now }: ReleasedEvent): readonly Found[] {
  return (['source', 'detail_type'] as const).flatMap((name) =>
    old === null || old[name] === now?.[name]
      ? []
      : [
          {
            pointer: `/bus/${name}`,
            change: 'bus_changed' as const,
            detail: `it was ${old[name]} and is ${now?.[name] ?? 'none'}`,
          },
        ],
  );
}

/**
 * What was written under a version lies in the store and in queues, and has to be read: as it is while
 * the version is the same, by an upcaster when it has risen.
 */
function compareVersions(
  { before, after, readsVersion }: Comparison,
  type: string,
  old: ReleasedEvent,
  now: ReleasedEvent,
): readonly Found[] {
  const pointer = '/version';
  const detail = `it was ${old.version} and is ${now.version}`;
  if (now.version < old.version) {
    return [{ pointer, change: 'version_lowered', detail }];
  }
  if (old.bus === null) {
    // Webhooks alone carry it: nothing here reads it again.
    return [];
  }
  if (!readsVersion(type, old.version)) {
    return [{ pointer, change: 'version_without_upcaster', detail }];
  }
  const [invalid] =
    now.version > old.version
      ? []
      : compareIn({ before, after }, 'sent', '/schema', old.schema, now.schema, 'output').filter(
          // What a reader does not know of, it ignores.
          ({ change }) => change !== 'member_removed' && change !== 'default_changed',
        );
  return invalid
    ? [
        {
          pointer: invalid.pointer,
          change: 'version_not_raised',
          detail: `${invalid.detail}, and the version is still ${now.version}`,
        },
      ]
    : [];
}

function compareErrors({ name: release, before, after, consumers }: Comparison): Finding[] {
  return Object.entries(before.errors).flatMap(([code, { status, problem }]): Finding[] => {
    const now = after.errors[code];
    const about = {
      contract: `error ${code}`,
      kind: 'error' as const,
      release,
      consumers: consumers.ofError(code),
    };
    if (now === undefined) {
      return [{ ...about, ...gone('error_removed', `${code} is gone`) }];
    }
    const detail = `it was ${status} and is ${now.status}`;
    const found: readonly Found[] = [
      ...(now.status === status
        ? []
        : [{ pointer: '/status', change: 'error_status_changed' as const, detail }]),
      ...compareIn({ before, after }, 'read', '/problem', problem, now.problem),
    ];
    return found.map((one) => ({ ...about, ...one }));
  });
}

function gone(change: BreakingChange, detail: string): Found {
  return { pointer: '', change, detail };
}

function compareIn(
  both: Both,
  direction: Direction,
  pointer: string,
  old: JsonSchema,
  now: JsonSchema,
  defs: 'input' | 'output' = direction === 'sent' ? 'input' : 'output',
): readonly SchemaFinding[] {
  return compareSchemas(
    { schema: old, defs: both.before[defs] },
    { schema: now, defs: both.after[defs] },
    direction,
    pointer,
  );
}
