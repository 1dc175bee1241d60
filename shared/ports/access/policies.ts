/** A set of policies as it went live. */
export interface PublishedPolicies {
  /** 1 and on, without a gap. */
  readonly version: number;
  /** The set, as JSON. */
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly hash: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly published: string;
  readonly by: string;
  readonly reason: string;
}

/** The sets of a stage. Each version is kept as it was. */
export interface PolicyStore {
  /** The set that is live, strongly consistent; null when none was ever published. */
  readonly active: () => Promise<PublishedPolicies | null>;
  /** One that is live or was. */
  readonly version: (version: number) => Promise<PublishedPolicies | null>;
  /** Makes a set live that follows the version before it. `outdated`: another one came first. */
  readonly publish: (policies: PublishedPolicies) => Promise<'published' | 'outdated'>;
}
