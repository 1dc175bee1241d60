import type { Decide, LivePolicies } from '../../../ports/access/access.ts';
import type { PolicyStore, PublishedPolicies } from '../../../ports/access/policies.ts';
import { count, logger } from '../../observability.ts';
import { policyEngine } from './engine/engine.ts';
import { type PolicySet, parsePolicySet } from './engine/set.ts';
import { logged } from './log.ts';

/** For how long a process decides by a set before it looks for a newer one. */
const believedForMs = 60_000;

/** The same after it could not look: soon again, but not with every request. */
const retriedAfterMs = 5_000;

/** Versions that a process that has none yet looks back on for one that it can use. */
const lookBack = 3;

interface LiveDependencies {
  readonly store: Pick<PolicyStore, 'active' | 'version'>;
  /** What decides as long as nothing was published. */
  readonly builtIn: PolicySet;
  /** In the context of each question. */
  readonly stage: string;
  /** Milliseconds. */
  readonly now?: () => number;
}

interface Live {
  /** Null: the built-in set. */
  readonly version: number | null;
  readonly decide: Decide;
}

/**
 * The policies that are live, for one process:
 * 1. those it has, for a minute
 * 2. then those that are published, compiled, if they are others; without any, the built-in ones
 * 3. when they cannot be loaded or compiled, the last good ones stay
 * 4. a process that has none yet takes the newest before them that it can compile; where there is
 *    none, or the table is away, nothing is decided, and the request is a fault
 */
export function livePolicies({
  store,
  builtIn,
  stage,
  now = Date.now,
}: LiveDependencies): LivePolicies {
  let live: Live | null = null;
  let believedUntil = Number.NEGATIVE_INFINITY;
  let refused: number | null = null;
  const enter = (version: number | null, set: PolicySet): Live => ({
    version,
    decide: logged(inStage(policyEngine(set), stage), version),
  });

  /** The set, compiled; null when it cannot be used. A refusal is told once a version. */
  function compiled({ version, text }: PublishedPolicies): Live | null {
    try {
      return enter(version, parsePolicySet(text));
    } catch (error) {
      if (refused !== version) {
        refused = version;
        count('PolicySetRefused');
        logger.error('policies refused', { error: error as Error, version });
      }
      return null;
    }
  }

  async function newest(): Promise<Live> {
    const active = await store.active();
    if (!active) {
      return live?.version === null ? live : enter(null, builtIn);
    }
    if (live?.version === active.version) {
      return live;
    }
    return compiled(active) ?? live ?? (await goodBefore(active.version));
  }

  async function goodBefore(version: number): Promise<Live> {
    for (let back = version - 1; back > 0 && back > version - lookBack; back--) {
      const before = await store.version(back);
      const good = before && compiled(before);
      if (good) {
        return good;
      }
    }
    throw new Error(`no policies that can be used: version ${version} and those before it`);
  }

  return async () => {
    if (live && now() < believedUntil) {
      return live.decide;
    }
    try {
      live = await newest();
      believedUntil = now() + believedForMs;
    } catch (error) {
      if (!live) {
        throw error;
      }
      believedUntil = now() + retriedAfterMs;
      logger.warn('policies not loaded', { error: error as Error, version: live.version });
    }
    return live.decide;
  };
}

function inStage(decide: Decide, stage: string): Decide {
  return (question) => decide({ ...question, context: { stage, ...question.context } });
}
