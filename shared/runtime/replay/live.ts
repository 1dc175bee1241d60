import { derivedId } from '../../domain/ids.ts';
import type { AppendOperatorAct } from '../../ports/operator-log.ts';
import { type Origin, replayedEnvelope } from './envelope.ts';
import type { Replay } from './replay.ts';
import { type EventSources, type Selection, selectedEvents } from './selection.ts';

/** What somebody asks for. */
export interface LiveReplay extends Replay {
  readonly consumer: string;
  /** What the consumer takes. */
  readonly types: ReadonlySet<string>;
  readonly selection: Selection;
  readonly by: string;
  readonly reason: string;
  /** At most so many events a second. */
  readonly perSecond: number;
  /** Where one of this name that ended early goes on; null for the start. */
  readonly position: string | null;
}

export interface LiveDependencies {
  readonly sources: EventSources;
  readonly log: AppendOperatorAct;
  /** Puts a message into the consumer's own queue. */
  readonly send: (body: string) => Promise<void>;
  readonly origin: Origin;
  /** How long the log of deliveries keeps one: by that a second of the same replay's is known. */
  readonly keepMs: number;
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Told after each part: how many were sent, and where one goes on from there. */
  readonly progress: (sent: number, position: string) => void;
}

/** A name whose time is over: what was sent under it is not known any more, and would be sent again. */
export class NameOutOfTime extends Error {
  override readonly name = 'NameOutOfTime';
}

/** How many events a replay comes to; it reads all of them. */
export async function countSelected(
  sources: EventSources,
  { selection, types, position }: Pick<LiveReplay, 'selection' | 'types' | 'position'>,
): Promise<number> {
  let sum = 0;
  for await (const { events } of selectedEvents(sources, selection, types, position)) {
    sum += events.length;
  }
  return sum;
}

/**
 * Gives a consumer that is live events that it may have had before:
 * 1. put it on record under its name. Another one under a name that is taken is refused, and the same
 *    one again, as after a crash, is on record as it is
 * 2. a name is good for as long as deliveries are kept: later, what had effects would have them again,
 *    and the record would have one replay
 * 3. read the events, payment by payment, from where it goes on
 * 4. put each into the consumer's queue, marked as of the replay, no faster than was asked for
 *
 * Stopped at any point it is begun again, from the position that it told last or from the start: an
 * event that is sent twice is one to its consumer.
 *
 * @returns how many events were sent
 * @throws OtherAct, NameOutOfTime, NoSuchSubject, BadPosition
 */
export async function replayLive(deps: LiveDependencies, replay: LiveReplay): Promise<number> {
  const { sources, log, send, origin, keepMs, nowMs, pause, progress } = deps;
  const beganMs = nowMs();
  const { time } = await log({
    id: derivedId('replay', replay.name),
    time: new Date(beganMs).toISOString(),
    by: replay.by,
    action: 'replay.live',
    subject: replay.consumer,
    reason: replay.reason,
    details: {
      replay: replay.name,
      side_effects: replay.sideEffects ? 'allowed' : 'fenced',
      ...detailsOf(replay.selection),
    },
  });
  if (beganMs - Date.parse(time) >= keepMs) {
    throw new NameOutOfTime(`${replay.name} is on record since ${time}`);
  }
  const { selection, types, position } = replay;
  let sent = 0;
  let nextMs = beganMs;
  for await (const part of selectedEvents(sources, selection, types, position)) {
    for (const event of part.events) {
      const waitMs = nextMs - nowMs();
      if (waitMs > 0) {
        await pause(waitMs);
      }
      // Time that a search took is not made up for: a burst would be what the bound is against.
      nextMs = Math.max(nextMs, nowMs()) + 1_000 / replay.perSecond;
      await send(JSON.stringify(replayedEnvelope(event, replay, origin)));
      sent += 1;
    }
    if (part.events.length > 0) {
      progress(sent, part.position);
    }
  }
  return sent;
}

function detailsOf(selection: Selection): Record<string, string> {
  if (selection.kind === 'subject') {
    return { of: selection.id };
  }
  const { from, to, tenant } = selection;
  return { from, to, ...(tenant !== null && { tenant }) };
}
