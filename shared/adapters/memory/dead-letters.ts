import { randomUUID } from 'node:crypto';
import type { DeadLetterEdge } from '../../contracts/dead-letters/edge.ts';
import type { Letter } from '../../domain/dead-letter/letter.ts';
import { positionOf } from '../../domain/ledger/fold/sequence.ts';
import type {
  LetterQueues,
  ReadStreamRange,
  StreamRecord,
  TakenLetter,
} from '../../ports/dead-letters.ts';

/** The queues of dead letters in memory, and what a test puts into them and finds in them. */
export interface MemoryLetterQueues extends LetterQueues {
  /** Adds a letter as the edge itself would. @returns its id */
  readonly add: (
    edge: DeadLetterEdge,
    body: string,
    attributes?: Readonly<Record<string, string>>,
  ) => string;
  /** All letters of an edge, those that are taken too. */
  readonly of: (edge: DeadLetterEdge) => readonly Letter[];
  /** What was sent back to a queue, in its order. */
  readonly sentTo: (sourceUrl: string) => readonly string[];
  /** Two minutes pass: what is taken comes into sight. */
  readonly passTime: () => void;
}

interface Stored {
  readonly letter: Letter;
  readonly queue: string;
  /** While it is taken. */
  receipt: string | null;
}

/** @param now RFC 3339 */
export function memoryLetterQueues(now: () => string): MemoryLetterQueues {
  const stored = new Map<string, Stored>();
  const sent = new Map<string, string[]>();
  const inQueue = ({ queue_url }: DeadLetterEdge) =>
    [...stored.values()].filter(({ queue }) => queue === queue_url);
  const heldAs = ({ id, receipt }: TakenLetter) => {
    const found = stored.get(id);
    return found?.receipt === receipt ? found : undefined;
  };
  const add: MemoryLetterQueues['add'] = ({ queue_url }, body, attributes = {}) => {
    const id = randomUUID();
    stored.set(id, {
      letter: { id, sent: now(), body, attributes },
      queue: queue_url,
      receipt: null,
    });
    return id;
  };
  return {
    add,
    of: (edge) => inQueue(edge).map(({ letter }) => letter),
    sentTo: (sourceUrl) => sent.get(sourceUrl) ?? [],
    passTime: () => {
      for (const one of stored.values()) {
        one.receipt = null;
      }
    },
    take: async (edge, limit) => {
      const all = inQueue(edge);
      const inSight = all.filter(({ receipt }) => receipt === null);
      const taken = inSight.slice(0, limit).map((one) => {
        one.receipt = randomUUID();
        return { ...one.letter, receipt: one.receipt };
      });
      return {
        letters: taken.sort((a, b) => (a.sent < b.sent ? -1 : 1)),
        more: inSight.length > limit,
        takenByOthers: all.length - inSight.length,
      };
    },
    giveBack: async (_, letters) => {
      for (const letter of letters) {
        const held = heldAs(letter);
        if (held) {
          held.receipt = null;
        }
      }
    },
    keep: async (_, letter) => heldAs(letter) !== undefined,
    sendBack: async ({ source_url }, body) => {
      sent.set(source_url, [...(sent.get(source_url) ?? []), body]);
    },
    put: async (edge, { body, errorName, reason }) =>
      add(edge, body, { error_name: errorName, reason, receives: '1' }),
    remove: async (_, letter) => {
      if (heldAs(letter)) {
        stored.delete(letter.id);
      }
    },
  };
}

/** The shards of a stream in memory. */
export interface MemoryStream {
  readonly read: ReadStreamRange;
  /** Puts records behind those of a shard. */
  readonly append: (shardId: string, ...records: readonly StreamRecord[]) => void;
  /** 24 hours pass: nothing is left. */
  readonly trim: () => void;
}

export function memoryStream(): MemoryStream {
  const shards = new Map<string, StreamRecord[]>();
  return {
    append: (shardId, ...records) => {
      shards.set(shardId, [...(shards.get(shardId) ?? []), ...records]);
    },
    trim: () => shards.clear(),
    read: async ({ shardId, firstSequence, lastSequence }) => {
      const [first, last] = [positionOf(firstSequence), positionOf(lastSequence)];
      const records = shards.get(shardId);
      if (!records) {
        return 'trimmed';
      }
      if (!records.some(({ sequence }) => positionOf(sequence) >= last)) {
        throw new Error(`the shard ${shardId} ends before ${lastSequence}`);
      }
      return records.filter(({ sequence }) => {
        const position = positionOf(sequence);
        return position >= first && position <= last;
      });
    },
  };
}
