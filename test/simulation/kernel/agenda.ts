/** Something that happens at a time. */
export interface Appointment {
  /** Virtual milliseconds; a fraction orders what happens in the same one. */
  readonly atMs: number;
  /** Decides between two of one instant. */
  readonly key: string;
  /** False when there was nothing to do after all. */
  readonly act: () => unknown;
  /** True for what comes round by the clock: a world in which only that is left is at rest. */
  readonly recurring: boolean;
}

/** What is to happen, earliest first: a binary heap. */
export interface Agenda {
  readonly add: (appointment: Appointment) => void;
  readonly next: () => Appointment | undefined;
  /** How many there are that do not come round by the clock. */
  readonly pending: () => number;
}

export function agenda(): Agenda {
  const heap: Appointment[] = [];
  let pending = 0;
  const isBefore = (a: Appointment, b: Appointment) =>
    a.atMs < b.atMs || (a.atMs === b.atMs && a.key < b.key);
  const swap = (one: number, other: number) => {
    const kept = heap[one] as Appointment;
    heap[one] = heap[other] as Appointment;
    heap[other] = kept;
  };
  const earlier = (one: number, other: number) =>
    other < heap.length && isBefore(heap[other] as Appointment, heap[one] as Appointment)
      ? other
      : one;
  return {
    add: (appointment) => {
      pending += appointment.recurring ? 0 : 1;
      let at = heap.push(appointment) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (!isBefore(heap[at] as Appointment, heap[parent] as Appointment)) {
          return;
        }
        swap(at, parent);
        at = parent;
      }
    },
    next: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first && last && first !== last) {
        heap[0] = last;
        for (let at = 0; ; ) {
          const child = earlier(earlier(at, 2 * at + 1), 2 * at + 2);
          if (child === at) {
            break;
          }
          swap(at, child);
          at = child;
        }
      }
      pending -= first && !first.recurring ? 1 : 0;
      return first;
    },
    pending: () => pending,
  };
}
