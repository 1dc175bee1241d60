import type { SchemaChange } from './pair.ts';

/** What can break somebody who goes by a contract, and what it takes from them. */
export const breakingChanges = {
  // Of what is sent.
  required_added: 'what has to be sent has one more member',
  type_narrowed: 'a type is not taken any more',
  nullable_removed: 'null is not taken any more',
  enum_value_removed: 'a value is not taken any more',
  bound_tightened: 'less is taken',
  members_closed: 'members that were ignored are refused',
  default_changed: 'what is left out means something else',
  header_needed: 'a header has to be sent',
  header_ignored: 'a header is not heeded any more',
  scope_changed: 'keys need another scope',
  action_changed: 'policies know it by another name',
  // Of what is read.
  required_dropped: 'what was always there may be missing',
  type_widened: 'it may be of another type',
  nullable_added: 'it may be null',
  enum_value_added: 'it may have a value that nobody knew',
  bound_loosened: 'it may be more, or longer',
  answer_header_removed: 'an answer lacks a header',
  answer_removed: 'a status is not answered any more',
  answer_added: 'a success has a status that nobody knew',
  error_removed: 'an error has another code',
  error_status_changed: 'an error has another status',
  event_removed: 'an event is not published any more',
  bus_changed: 'rules on the bus do not match it any more',
  // Of both.
  member_removed: 'a member is gone',
  pattern_changed: 'a text has another form',
  body_changed: 'a body is not what it was',
  endpoint_removed: 'an endpoint is gone',
  // Of the events that are stored.
  version_not_raised: 'what is stored does not validate, and has the same version',
  version_without_upcaster: 'what is stored is of a version that nothing reads',
  version_lowered: 'later events have an earlier version',
} as const satisfies Record<SchemaChange, string> & Record<string, string>;

export type BreakingChange = keyof typeof breakingChanges;

/** One breaking change of one contract. */
export interface Finding {
  /** `createPayment`, `payment.accepted`, `error not_found`. */
  readonly contract: string;
  readonly kind: 'endpoint' | 'event' | 'error';
  /** The release whose contract it breaks; of an event, the event's version too. */
  readonly release: string;
  readonly version?: number;
  /** Where, as a JSON pointer into the contract, with its references resolved. */
  readonly pointer: string;
  readonly change: BreakingChange;
  /** What is different, in words. */
  readonly detail: string;
  /** Who goes by it. */
  readonly consumers: readonly string[];
}

/** A finding as one sentence. */
export function sentenceOf(finding: Finding): string {
  const { contract, release, version, pointer, change, detail, consumers } = finding;
  const of = version === undefined ? release : `${release} (version ${version})`;
  const breaks = consumers.length === 0 ? 'nobody that is known here' : listed(consumers);
  return `${contract} of ${of} at ${pointer || '/'}: ${change}, ${breakingChanges[change]} (${detail}); this breaks ${breaks}.`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
