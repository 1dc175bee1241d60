import type { Names } from './shape.ts';

/**
 * Where a node of a saga is:
 * - `done`: it had its effect, or what it asked was answered
 * - `compensated`: it had its effect, and that was undone
 * - `under_way`: it is this node's turn
 * - `waiting`: nobody knows what became of it, or a person has to say
 * - `failed`: it was refused, or gave up
 */
export type NodeState = 'not_reached' | 'under_way' | 'done' | 'compensated' | 'waiting' | 'failed';

/** A node's state, in words as well, and the version of the payment that brought it there. */
export interface Standing {
  readonly state: NodeState;
  readonly note: string | null;
  readonly version: number;
}

/** A node by what it is in any saga; null where this saga has none of it. */
export type Place = keyof Names;

/** The name of a way in `taken`. */
export function wayOf(from: string, to: string): string {
  return `${from} ${to}`;
}

/** What is written down while the events of one saga are gone through. */
export class Walk {
  readonly standings = new Map<string, Standing>();
  /** The ways that it went, with what led along each. */
  readonly taken = new Map<string, string | null>();
  readonly #names: Names;
  #version = 0;

  constructor(names: Names) {
    this.#names = names;
  }

  /** From here on it is the event that made this version that speaks. */
  comeTo(version: number): void {
    this.#version = version;
  }

  has(place: Place): boolean {
    return this.#names[place] !== null;
  }

  stateOf(place: Place): NodeState {
    return this.#standingOf(place)?.state ?? 'not_reached';
  }

  noteOf(place: Place): string | null {
    return this.#standingOf(place)?.note ?? null;
  }

  /** Says where a node is; nothing of one that this saga does not have. */
  mark(place: Place, state: NodeState, note: string | null = null): void {
    const name = this.#names[place];
    if (name !== null) {
      this.standings.set(name, { state, note, version: this.#version });
    }
  }

  /** A node that was not come to after all. */
  unmark(place: Place): void {
    this.standings.delete(this.#names[place] ?? '');
  }

  go(from: Place, to: Place, why: string | null = null): void {
    const [a, b] = [this.#names[from], this.#names[to]];
    if (a !== null && b !== null) {
      this.taken.set(wayOf(a, b), why);
    }
  }

  /** Goes on to a node, whose turn it is then. */
  goOn(from: Place, to: Place, why: string | null = null): void {
    this.go(from, to, why);
    this.mark(to, 'under_way');
  }

  #standingOf(place: Place): Standing | undefined {
    return this.standings.get(this.#names[place] ?? '');
  }
}
