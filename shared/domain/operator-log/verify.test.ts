import { describe, expect, it } from 'vitest';
import type { OperatorLogChain } from '../../ports/operator-log.ts';
import { emptyLog, entryOf, type LogHead } from './entry.ts';
import { type LogBreak, type MarkedAct, verifyChain } from './verify.ts';

function aLog(acts: number): readonly MarkedAct[] {
  const entries: MarkedAct[] = [];
  for (let number = 1; number <= acts; number++) {
    const act = {
      id: `act-${number}`,
      time: '2026-11-21T10:00:00.000Z',
      by: 'ada',
      action: 'dlq.discard',
      subject: 'letter-1',
      reason: 'a test',
      details: {},
    } as const;
    const entry = entryOf(act, entries.at(-1) ?? emptyLog);
    entries.push({ ...entry, marked: entry.sequence });
  }
  return entries;
}

const headOf = (entries: readonly MarkedAct[]): LogHead => {
  const { sequence, hash } = entries.at(-1) ?? emptyLog;
  return { sequence, hash };
};

/** A store in use, which has other heads and entries each time that it is asked. */
function inUse(heads: readonly LogHead[], ...looks: readonly (readonly MarkedAct[])[]) {
  const nextHead = heads.values();
  const nextLook = looks.values();
  return {
    head: async () => nextHead.next().value ?? emptyLog,
    entries: async function* () {
      yield* nextLook.next().value ?? [];
    },
  } satisfies OperatorLogChain;
}

/** A store that nobody writes to. */
function always(entries: readonly MarkedAct[], head: LogHead): OperatorLogChain {
  return {
    head: async () => head,
    entries: async function* () {
      yield* entries;
    },
  };
}

const four = aLog(4);
const at = (place: number, change: Partial<MarkedAct>) =>
  four.map((entry, index) => (index === place - 1 ? { ...entry, ...change } : entry));
const rewritten = (place: number) => {
  const entry = four[place - 1] as MarkedAct;
  return at(place, {
    ...entryOf({ ...entry, reason: 'another' }, four[place - 2] ?? emptyLog),
    marked: entry.marked,
  });
};

describe('a verification of the operator log', () => {
  it.each<[string, readonly MarkedAct[], LogHead, LogBreak]>([
    ['an entry is gone', four.toSpliced(1, 1), headOf(four), { kind: 'gap', sequence: 2 }],
    ['an entry is twice', [...four, ...four.slice(3)], headOf(four), { kind: 'gap', sequence: 5 }],
    ['a reason', at(2, { reason: '' }), headOf(four), { kind: 'changed_entry', sequence: 2 }],
    ['a link', at(3, { previous: 'ab' }), headOf(four), { kind: 'changed_entry', sequence: 3 }],
    ['written anew', rewritten(2), headOf(four), { kind: 'changed_link', sequence: 3 }],
    ['the last anew', rewritten(4), headOf(four), { kind: 'changed_head', sequence: 4 }],
    ['no mark', at(2, { marked: null }), headOf(four), { kind: 'unmarked', sequence: 2 }],
    ['cut', four.slice(0, 2), headOf(four), { kind: 'truncated', sequence: 3 }],
    ['more than its head', four, headOf(four.slice(0, 3)), { kind: 'lost_head', sequence: 4 }],
    ['no head', four, emptyLog, { kind: 'lost_head', sequence: 4 }],
  ])('says where it breaks, and how: %s', async (_name, entries, head, broken) => {
    expect((await verifyChain(always(entries, head))).broken).toEqual(broken);
  });

  it('says what lies before the break', async () => {
    expect(await verifyChain(always(four.slice(0, 2), headOf(four)))).toEqual({
      checked: 2,
      head: headOf(four.slice(0, 2)),
      broken: { kind: 'truncated', sequence: 3 },
    });
  });

  it('takes entries that come while it reads, and a head that comes after them', async () => {
    const heads = [headOf(four.slice(0, 2)), headOf(four)];
    for (const entries of [four.slice(0, 2), four.slice(0, 3), four]) {
      expect((await verifyChain(inUse(heads, entries))).broken).toBeNull();
    }
  });

  it('holds what came while it read against the head after it', async () => {
    const heads = [headOf(four.slice(0, 2)), { sequence: 4, hash: 'ab' }];
    expect((await verifyChain(inUse([...heads, ...heads], four, four))).broken).toEqual({
      kind: 'changed_head',
      sequence: 4,
    });
  });

  it('looks twice before it says so: the three items of an act may be seen one by one', async () => {
    const last = headOf(four);
    const unmarked = at(4, { marked: null });
    const late = inUse([last, last, last, last], unmarked, four);
    // The first look ends at the break, without its second head.
    expect((await verifyChain(late)).broken).toBeNull();
    const never = inUse([last, last, last, last], unmarked, unmarked);
    expect((await verifyChain(never)).broken).toEqual({ kind: 'unmarked', sequence: 4 });
  });
});
