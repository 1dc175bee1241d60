import type { FaultKind } from '../kernel/faults.ts';
import type { Core } from '../kernel/process.ts';

/** What somebody outside says to an operation, for good. */
export type Verdict = { readonly kind: 'approved' | 'done' | 'accepted' | 'declined' };

/** An operation that took effect there, or was declined: once for its id. */
export interface Arrived<V extends Verdict> {
  readonly id: string;
  readonly verdict: V;
  /** What was asked, as text: another request under the same id is a mistake of ours. */
  readonly request: string;
  readonly atMs: number;
  /** When the first call of it was sent, whatever became of that. */
  readonly sentMs: number;
}

/** One call that we made. */
export interface Call {
  readonly atMs: number;
  readonly id: string;
  /** `charge`, `capture`, `void`, `refund`, `send`. */
  readonly what: string;
  /** What the caller was told. */
  readonly told: string;
  /** The process that called. */
  readonly by: string;
}

/** What somebody outside has of our operations, and how it tells us. */
export interface Liar<V extends Verdict> {
  /**
   * One call of an operation: it is done at once, late or not at all, and the caller is told so, or
   * something that says nothing. A repeated call of one that arrived is told the same.
   */
  readonly call: (
    call: {
      readonly id: string;
      readonly what: string;
      readonly request: object;
      readonly kinds?: readonly FaultKind[];
    },
    perform: (fault: FaultKind | null) => V,
  ) => V | { readonly kind: 'busy' | 'unknown'; readonly reason: string };
  /** What it says when it is asked: it may not answer, and may be blind to what has just arrived. */
  readonly inquire: (
    id: string,
  ) =>
    | V
    | { readonly kind: 'not_found' }
    | { readonly kind: 'unavailable'; readonly reason: string };
  readonly arrived: ReadonlyMap<string, Arrived<V>>;
  /** How often each operation took effect. */
  readonly effects: ReadonlyMap<string, number>;
  readonly calls: readonly Call[];
  /** What we asked that makes no sense. */
  readonly misuse: readonly string[];
}

const lies = [
  'psp_busy',
  'psp_declines',
  'psp_silent',
  'psp_lost',
  'psp_late',
] as const satisfies readonly FaultKind[];

/**
 * @param settleWindowMs after so long nothing that was sent arrives any more, and nothing that has
 *   arrived is unknown to those who answer inquiries: what every PSP has to promise
 * @param onArrival told of each operation once
 */
export function liar<V extends Verdict>(
  core: Core,
  name: string,
  settleWindowMs: number,
  nameOf: ReadonlyMap<string, string>,
  onArrival: (arrived: Arrived<V>, what: string) => void,
): Liar<V> {
  const { kernel, dice, faults, timeline } = core;
  const arrived = new Map<string, Arrived<V>>();
  const effects = new Map<string, number>();
  const sent = new Map<string, number>();
  const calls: Call[] = [];
  const misuse: string[] = [];
  const counts = new Map<string, number>();
  const nth = (what: string) => {
    const count = (counts.get(what) ?? 0) + 1;
    counts.set(what, count);
    return `${name} ${what} ${count}`;
  };

  const arrive = (
    id: string,
    what: string,
    request: string,
    perform: (fault: FaultKind | null) => V,
    fault: FaultKind | null,
  ): V => {
    const known = arrived.get(id);
    if (known) {
      if (known.request !== request) {
        misuse.push(`${id} was ${known.request} and now is ${request}`);
      }
      return known.verdict;
    }
    const verdict = perform(fault);
    const operation = {
      id,
      verdict,
      request,
      atMs: kernel.now(),
      sentMs: sent.get(id) ?? kernel.now(),
    };
    arrived.set(id, operation);
    if (verdict.kind !== 'declined') {
      effects.set(id, (effects.get(id) ?? 0) + 1);
    }
    timeline.say(name, `${what} ${id}: ${verdict.kind}`);
    onArrival(operation, what);
    return verdict;
  };

  return {
    arrived,
    effects,
    calls,
    misuse,
    call: ({ id, what, request, kinds = [] }, perform) => {
      const key = nth(`${what} ${nameOf.get(id) ?? id}`);
      const fault = faults.strike({ key, effect: `psp.${what}` }, [...lies, ...kinds]);
      const text = JSON.stringify(request);
      sent.set(id, sent.get(id) ?? kernel.now());
      const tell = <T extends { readonly kind: string }>(told: T): T => {
        calls.push({
          atMs: kernel.now(),
          id,
          what,
          told: told.kind,
          by: callerOf(core.acting.key),
        });
        return told;
      };
      switch (fault) {
        case 'psp_busy':
          return tell({ kind: 'busy', reason: 'the PSP is busy: 429' });
        case 'psp_silent':
          return tell({ kind: 'unknown', reason: 'no answer in time' });
        case 'psp_late': {
          // Mostly within seconds, now and then almost at the end of the window.
          const delayMs = 50 + dice.unit(`late ${key}`) ** 4 * settleWindowMs * 0.85;
          kernel.after(delayMs, `arrival of ${key}`, () => {
            arrive(id, what, text, perform, null);
          });
          return tell({ kind: 'unknown', reason: 'no answer in time' });
        }
        case 'psp_lost':
          arrive(id, what, text, perform, null);
          return tell({ kind: 'unknown', reason: 'the PSP answered 502' });
        default:
          return tell(arrive(id, what, text, perform, fault));
      }
    },
    inquire: (id) => {
      const key = nth(`inquiry ${nameOf.get(id) ?? id}`);
      const fault = faults.strike({ key, effect: 'psp.inquiry' }, [
        'inquiry_silent',
        'inquiry_blind',
      ]);
      if (fault === 'inquiry_silent') {
        return { kind: 'unavailable', reason: 'no answer in time' };
      }
      const known = arrived.get(id);
      const isBlind =
        known && fault === 'inquiry_blind' && kernel.now() < known.sentMs + settleWindowMs * 0.9;
      return known && !isBlind ? known.verdict : { kind: 'not_found' };
    },
  };
}

/** The process of a call, by the call's key. */
function callerOf(key: string): string {
  return key.slice(0, key.lastIndexOf(' / '));
}
