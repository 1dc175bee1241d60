import type { OperatorLogChain } from '../../ports/operator-log.ts';
import { emptyLog, hashOf, type LoggedAct, type LogHead } from './entry.ts';

/** An entry, with the sequence that the mark of its id names; null when there is no such mark. */
export interface MarkedAct extends LoggedAct {
  readonly marked: number | null;
}

/**
 * The first place where a log is not what was written:
 * - `gap`: the next entry is missing, or another one is in its place
 * - `changed_entry`: its hash is not that of its content
 * - `changed_link`: it does not follow the entry before it
 * - `unmarked`: the mark of its id names another entry, or there is none: it could be written twice
 * - `changed_head`: a head, or one that was seen before, has another hash of this entry
 * - `lost_head`: the head lies before this entry, the last
 * - `truncated`: a head, or one that was seen before, has this entry; the log ends before it
 */
export interface LogBreak {
  readonly kind:
    | 'gap'
    | 'changed_entry'
    | 'changed_link'
    | 'unmarked'
    | 'changed_head'
    | 'lost_head'
    | 'truncated';
  readonly sequence: number;
}

export interface LogVerdict {
  /** Entries from the first on, up to the break. */
  readonly checked: number;
  /** The last of them; to be kept elsewhere, and to be shown at a later verification. */
  readonly head: LogHead;
  /** Null: none. */
  readonly broken: LogBreak | null;
}

/**
 * Verifies a log that may be in use: the head is read before the entries, which therefore reach it, and
 * after them, when it is no longer before any. DynamoDB applies the items of one transaction within
 * moments of each other, and a read may come in between, so a break counts when a second look finds
 * one too.
 *
 * Whoever can rewrite all that is stored leaves nothing to find in it. For that a head is kept where he
 * cannot write, and `seen` here.
 *
 * @param seen a head that the log had before
 */
export async function verifyChain(
  chain: OperatorLogChain,
  seen: LogHead = emptyLog,
): Promise<LogVerdict> {
  const first = await look(chain, seen);
  return first.broken === null ? first : look(chain, seen);
}

async function look(
  { head: readHead, entries }: OperatorLogChain,
  seen: LogHead,
): Promise<LogVerdict> {
  const heads = [await readHead(), seen];
  let last = emptyLog;
  const verdict = (kind: LogBreak['kind'], sequence: number): LogVerdict => ({
    checked: last.sequence,
    head: last,
    broken: { kind, sequence },
  });
  for await (const entry of entries()) {
    const kind = breakAt(entry, last, heads);
    if (kind) {
      return verdict(kind, last.sequence + 1);
    }
    last = { sequence: entry.sequence, hash: entry.hash };
  }
  if (heads.some(({ sequence }) => sequence > last.sequence)) {
    return verdict('truncated', last.sequence + 1);
  }
  const after = await readHead();
  if (after.sequence < last.sequence) {
    return verdict('lost_head', last.sequence);
  }
  if (after.sequence === last.sequence && after.hash !== last.hash) {
    return verdict('changed_head', last.sequence);
  }
  return { checked: last.sequence, head: last, broken: null };
}

function breakAt(
  entry: MarkedAct,
  last: LogHead,
  heads: readonly LogHead[],
): LogBreak['kind'] | null {
  const { sequence, previous, hash, marked } = entry;
  if (sequence !== last.sequence + 1) {
    return 'gap';
  }
  if (hashOf(entry) !== hash) {
    return 'changed_entry';
  }
  if (previous !== last.hash) {
    return 'changed_link';
  }
  if (marked !== sequence) {
    return 'unmarked';
  }
  return heads.some((head) => head.sequence === sequence && head.hash !== hash)
    ? 'changed_head'
    : null;
}
