import type { AnyEvent } from '../../../shared/contracts/events/events.ts';
import { replayNameMember } from '../../../shared/runtime/replay/replay.ts';
import type { Core } from '../kernel/process.ts';
import type { Queue } from './queue.ts';

/** A rule: events of these types go into this queue. */
export interface Rule {
  readonly types: ReadonlySet<string>;
  readonly target: Queue;
}

/** An event bus: at least once, in any order, entry by entry. */
export interface Bus {
  /** What it says to each entry of a call: null for taken, else why not. */
  readonly put: (key: string, events: readonly AnyEvent[]) => (string | null)[];
  /** All that it took, as often as it took it. */
  readonly taken: readonly AnyEvent[];
}

export function bus(
  core: Core,
  rules: () => readonly Rule[],
  nameOf: (event: AnyEvent) => string,
): Bus {
  const { kernel, dice, faults } = core;
  const taken: AnyEvent[] = [];
  const deliver = (event: AnyEvent, key: string, { target }: Rule, time: number) => {
    const of = `${key} for ${target.name}, ${time}`;
    const isLate = faults.strike({ key: `bus ${of}` }, ['bus_late']) !== null;
    const delayMs = isLate ? dice.int(`late ${of}`, 1_000, 120_000) : dice.int(of, 2, 80);
    kernel.after(delayMs, of, () => {
      target.send(time === 1 ? key : `${key} again`, bodyOf(event));
    });
  };
  const replay = (event: AnyEvent, key: string, { target }: Rule) => {
    const of = `replay of ${key} to ${target.name}`;
    if (faults.strike({ key: of }, ['event_replayed'])) {
      kernel.after(dice.int(`when ${of}`, 100, 600_000), of, () => {
        target.send(`${key} replayed`, bodyOf(event, { [replayNameMember]: 'replay-1' }));
      });
    }
  };
  return {
    taken,
    put: (call, events) =>
      events.map((event) => {
        const key = `${nameOf(event)} by ${call}`;
        if (faults.strike({ key: `entry ${key}`, effect: 'bus.publish' }, ['entry_refused'])) {
          return 'InternalFailure: try again';
        }
        taken.push(structuredClone(event));
        for (const rule of rules()) {
          if (rule.types.has(event.type)) {
            deliver(event, key, rule, 1);
            if (faults.strike({ key: `second ${key} ${rule.target.name}` }, ['bus_twice'])) {
              deliver(event, key, rule, 2);
            }
            replay(event, key, rule);
          }
        }
        return null;
      }),
  };
}

function bodyOf(event: AnyEvent, marks: object = {}): string {
  return JSON.stringify({
    'detail-type': event.type,
    resources: [event.subject],
    ...marks,
    detail: event,
  });
}
