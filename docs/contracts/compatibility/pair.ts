import type { JsonSchema } from '../json-schema.ts';

/**
 * - `sent`: callers send it. What they sent has to be taken still.
 * - `read`: readers read it. What they read has to be something that they knew.
 */
export type Direction = 'sent' | 'read';

/** What a change of a schema takes from those who go by it. */
export type SchemaChange =
  | 'member_removed'
  | 'required_added'
  | 'required_dropped'
  | 'type_narrowed'
  | 'type_widened'
  | 'nullable_removed'
  | 'nullable_added'
  | 'enum_value_removed'
  | 'enum_value_added'
  | 'bound_tightened'
  | 'bound_loosened'
  | 'pattern_changed'
  | 'members_closed'
  | 'default_changed';

/** A place of a schema, as a JSON pointer into it with its references resolved, and what happened there. */
export interface SchemaFinding {
  readonly pointer: string;
  readonly change: SchemaChange;
  /** What is different, in words. */
  readonly detail: string;
}

/** The named schemas that others refer to. */
export type Definitions = Readonly<Record<string, JsonSchema>>;

/** A schema with those that it refers to, and where it stands. */
export interface Placed {
  readonly schema: JsonSchema;
  readonly defs: Definitions;
  readonly pointer: string;
}

/** Two schemas, of which all that the first takes has to be taken by the second. */
export interface Pair {
  readonly from: Placed;
  readonly to: Placed;
  readonly direction: Direction;
}
