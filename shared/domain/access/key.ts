import type { Grant } from './scopes.ts';

/** What is kept of an API key: everything but the key. Times are RFC 3339, UTC, milliseconds. */
export interface ApiKey {
  /** A UUID: by which it is spoken of. */
  readonly id: string;
  readonly tenant: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly created: string;
  /** From when on it is not valid; null: it does not end by itself. */
  readonly expires: string | null;
  readonly revoked: string | null;
  /** The key that came after it; from then on it is valid for its grace period alone. */
  readonly rotatedTo: string | null;
  /** The key that it came after. */
  readonly rotatedFrom: string | null;
  /** Right to the hour: see `isUseDue`. */
  readonly lastUsed: string | null;
}

/**
 * What a key may do unless its maker says otherwise. Who refunds approves nothing: a key's successor by
 * rotation would approve what its predecessor asks for.
 */
export const merchantGrants: readonly Grant[] = [
  'payments:*',
  'refunds:*',
  'customers:*',
  'payouts:*',
  'ledger:*',
  'webhooks:*',
  'operations:read',
];
export const operatorGrants: readonly Grant[] = ['*'];

const hourMs = 3_600_000;

/** How long the key that was rotated out stays valid, unless its maker says otherwise. */
export const defaultGraceMs = 24 * hourMs;

/** How exactly the last use of a key is known. */
export const usePrecisionMs = hourMs;

export type KeyStatus = 'active' | 'rotated' | 'expired' | 'revoked';

/** `rotated` is still valid, until `expires`; `expired` and `revoked` are not. */
export function statusOf(key: ApiKey, nowMs: number): KeyStatus {
  if (key.revoked !== null) {
    return 'revoked';
  }
  if (key.expires !== null && Date.parse(key.expires) <= nowMs) {
    return 'expired';
  }
  return key.rotatedTo === null ? 'active' : 'rotated';
}

/** True while requests with the key are taken. */
export function isValid(key: ApiKey, nowMs: number): boolean {
  const status = statusOf(key, nowMs);
  return status === 'active' || status === 'rotated';
}

/** True when the last use that is on record is an hour old or there is none. */
export function isUseDue({ lastUsed }: Pick<ApiKey, 'lastUsed'>, nowMs: number): boolean {
  return lastUsed === null || Date.parse(lastUsed) <= nowMs - usePrecisionMs;
}

/** A rotation that takes place: the key that comes, and when the one that goes ends. */
export interface Rotation {
  readonly successor: ApiKey;
  readonly predecessorExpires: string;
}

export type RotationRefusal =
  | { readonly kind: 'ended'; readonly status: 'expired' | 'revoked' }
  | { readonly kind: 'rotated_already'; readonly to: string }
  /** Two of one line are valid already. */
  | { readonly kind: 'predecessor_valid'; readonly id: string; readonly expires: string | null };

/**
 * The key that comes after a key: it may do the same, for as long as the first one was to last. The
 * one that goes stays valid for the grace period, and never longer than it would have without.
 *
 * Of one line no more than two are valid at once. So while the one before `key` is valid there is no
 * rotation: to end that one at once, unasked, could stop a caller that has not changed over.
 *
 * @param keys all of the tenant's, `key` among them
 */
export function rotated(
  key: ApiKey,
  keys: readonly ApiKey[],
  { id, nowMs, graceMs }: { readonly id: string; readonly nowMs: number; readonly graceMs: number },
): Rotation | RotationRefusal {
  const status = statusOf(key, nowMs);
  if (status === 'expired' || status === 'revoked') {
    return { kind: 'ended', status };
  }
  if (key.rotatedTo !== null) {
    return { kind: 'rotated_already', to: key.rotatedTo };
  }
  const before = keys.find((other) => other.id === key.rotatedFrom);
  if (before && isValid(before, nowMs)) {
    return { kind: 'predecessor_valid', id: before.id, expires: before.expires };
  }
  const ends = key.expires === null ? Number.POSITIVE_INFINITY : Date.parse(key.expires);
  return {
    successor: {
      ...key,
      id,
      created: timeOf(nowMs),
      expires: Number.isFinite(ends) ? timeOf(nowMs + ends - Date.parse(key.created)) : null,
      rotatedFrom: key.id,
      lastUsed: null,
    },
    predecessorExpires: timeOf(Math.min(ends, nowMs + graceMs)),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
