import { AsyncLocalStorage } from 'node:async_hooks';

/** The replay that a message is of: an event that its consumer may have had before. */
export interface Replay {
  /** EventBridge's name of it, or the one that `npm run replay` gave it. */
  readonly name: string;
  /** Whether it may do what leaves the account; only where somebody asked for that, on record. */
  readonly sideEffects: boolean;
}

/** What marks a replay in the envelope around an event; EventBridge sets it in a replay of its archive. */
export const replayNameMember = 'replay-name';
/** Ours alone: no event on the bus can have it, so a replay of the archive is never allowed. */
export const sideEffectsMember = 'replay-side-effects';

/** What would have left the account in a replay that may not. It is no outcome of anything. */
export class ReplayFenced extends Error {
  override readonly name = 'ReplayFenced';
}

const underWay = new AsyncLocalStorage<Replay | null>();

/** The replay that an envelope is marked with, whatever else is in it; null: it is none. */
export function replayOf(envelope: unknown): Replay | null {
  if (typeof envelope !== 'object' || envelope === null) {
    return null;
  }
  const { [replayNameMember]: name, [sideEffectsMember]: effects } = envelope as Record<
    string,
    unknown
  >;
  return name === undefined ? null : { name: String(name), sideEffects: effects === 'allowed' };
}

/**
 * Does something as the replay, or as none: all that it calls and awaits knows of it, and nothing that
 * goes on beside it. So no port and no use case has to hand it on, and none can forget to.
 */
export function asReplay<Result>(
  replay: Replay | null,
  work: () => Promise<Result>,
): Promise<Result> {
  return underWay.run(replay, work);
}

/** The replay under way here; null: what is done is done for the first time, or again by our own retries. */
export function replayUnderWay(): Replay | null {
  return underWay.getStore() ?? null;
}

/** True for a replay that may do nothing outside the account. */
export function isFenced(replay: Replay | null): boolean {
  return replay !== null && !replay.sideEffects;
}

/**
 * The call, which leaves the account, behind the fence.
 *
 * @param what it is, for the error
 * @throws ReplayFenced in a replay that may not leave the account; nothing was sent
 */
export function fenced<Arguments extends readonly unknown[], Result>(
  what: string,
  call: (...given: Arguments) => Promise<Result>,
): (...given: Arguments) => Promise<Result> {
  return async (...given) => {
    const replay = replayUnderWay();
    if (replay && isFenced(replay)) {
      throw new ReplayFenced(`${what} is not for the replay ${replay.name}`);
    }
    return call(...given);
  };
}

/** The replay that asked for a delivery: it may send it, or there would be none. */
export function replayOfDelivery(message: unknown): Replay | null {
  const { replay: name } = message as { readonly replay?: string };
  return name === undefined ? null : { name, sideEffects: true };
}
