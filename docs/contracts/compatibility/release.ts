import type { JsonSchema } from '../json-schema.ts';
import type { Definitions } from './pair.ts';

/** An endpoint, as somebody who calls it can know it. */
export interface ReleasedEndpoint {
  readonly method: string;
  /** With the names of its parameters: `/payments/{payment_id}`. */
  readonly path: string;
  /** What a key needs; null for what anybody may call. */
  readonly scope: string | null;
  /** As policies name it. */
  readonly action: string | null;
  /** Headers that have to be sent. */
  readonly needs: readonly string[];
  /** Headers that are heeded when they are sent. */
  readonly takes: readonly string[];
  /** Headers of an answer that is no error. */
  readonly gives: readonly string[];
  /** `raw` is taken as its bytes, whatever they are. */
  readonly body: JsonSchema | 'raw' | null;
  readonly query: JsonSchema | null;
  /** The forms of the path's parameters, in its order: callers do not know their names. */
  readonly parameters: readonly JsonSchema[];
  /** By status. */
  readonly answers: Readonly<Record<string, JsonSchema>>;
  /** The codes of its errors, beyond those that every endpoint can give. */
  readonly errors: readonly string[];
}

/** An event, as it is on the bus and goes to merchants. */
export interface ReleasedEvent {
  readonly version: number;
  /** What rules on the bus know it by; null for what webhooks alone carry. */
  readonly bus: { readonly source: string; readonly detail_type: string } | null;
  readonly schema: JsonSchema;
}

/** An error, as it is answered. */
export interface ReleasedError {
  readonly status: number;
  /** The form of its body, without references. */
  readonly problem: JsonSchema;
}

/** All contracts of a version. References lead into `input` for what is sent, `output` for what is read. */
export interface Release {
  /** By name. */
  readonly endpoints: Readonly<Record<string, ReleasedEndpoint>>;
  /** By type. */
  readonly events: Readonly<Record<string, ReleasedEvent>>;
  /** By code. */
  readonly errors: Readonly<Record<string, ReleasedError>>;
  readonly input: Definitions;
  readonly output: Definitions;
}
