import { createHash } from 'node:crypto';
import type { PolicyStore, PublishedPolicies } from '../../../shared/ports/access/policies.ts';
import type { AppendOperatorAct } from '../../../shared/ports/operator-log.ts';
import {
  type PolicySet,
  parsePolicySet,
} from '../../../shared/runtime/access/policy/engine/set.ts';

export interface PublishDependencies {
  readonly store: PolicyStore;
  /** What decides as long as nothing was published. */
  readonly builtIn: PolicySet;
  readonly log: AppendOperatorAct;
  /** RFC 3339, UTC, milliseconds. */
  readonly now: () => string;
  readonly newId: () => string;
}

/** How a set differs from the one that is live: policies by their ids. */
export interface Differences {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export interface Publication {
  readonly live: PublishedPolicies | null;
  readonly differences: Differences;
  /** What is live now; null when it was not asked for, or is live already. */
  readonly published: PublishedPolicies | null;
}

/**
 * Makes a set live that passed its review:
 * 1. read what is live, and compare; a set that is live already is not published again
 * 2. without `yes`, stop here
 * 3. put it on record: who, why, and what it changes
 * 4. store it as the version after the one that it was compared with
 *
 * @throws {Error} when another one was published in between: what it changes is to be looked at again
 */
export async function publish(
  { store, builtIn, log, now, newId }: PublishDependencies,
  set: PolicySet,
  act: { readonly by: string; readonly reason: string; readonly yes: boolean },
): Promise<Publication> {
  const live = await store.active();
  const differences = compare(live ? parsedOrEmpty(live.text) : builtIn, set);
  const text = JSON.stringify(set);
  const hash = createHash('sha256').update(text).digest('hex');
  if (!act.yes || live?.hash === hash) {
    return { live, differences, published: null };
  }
  const { by, reason } = act;
  const time = now();
  const policies = { version: (live?.version ?? 0) + 1, text, hash, published: time, by, reason };
  await log({
    id: newId(),
    time,
    by,
    action: 'policy.publish',
    subject: `policies ${policies.version}`,
    reason,
    details: {
      sha256: hash,
      added: differences.added.join(', '),
      removed: differences.removed.join(', '),
      changed: differences.changed.join(', '),
    },
  });
  if ((await store.publish(policies)) === 'outdated') {
    throw new Error(
      'somebody else published policies in between; this set did not go live. See what it changes now.',
    );
  }
  return { live, differences, published: policies };
}

/** What is live and cannot be read any more is replaced as a whole. */
function parsedOrEmpty(text: string): PolicySet {
  try {
    return parsePolicySet(text);
  } catch {
    return { policies: [] };
  }
}

function compare(before: PolicySet, after: PolicySet): Differences {
  const of = ({ policies }: PolicySet) =>
    new Map(policies.map((policy) => [policy.id, JSON.stringify(policy)]));
  const [old, fresh] = [of(before), of(after)];
  return {
    added: [...fresh.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !fresh.has(id)),
    changed: [...fresh.keys()].filter((id) => old.has(id) && old.get(id) !== fresh.get(id)),
  };
}
