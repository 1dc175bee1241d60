import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actArbitrary } from '../../../test/support/acts.ts';
import { emptyLog, entryOf, type LogHead } from './entry.ts';
import { type MarkedAct, verifyChain } from './verify.ts';

/** A log as it is stored. */
interface Stored {
  readonly entries: readonly MarkedAct[];
  readonly head: LogHead;
}

const logArbitrary = (minLength: number) =>
  fc
    .uniqueArray(actArbitrary, { selector: ({ id }) => id, minLength, maxLength: 8 })
    .map((acts): Stored => {
      const entries: MarkedAct[] = [];
      for (const act of acts) {
        const entry = entryOf(act, entries.at(-1) ?? emptyLog);
        entries.push({ ...entry, marked: entry.sequence });
      }
      return { entries, head: headOf(entries) };
    });

function headOf(entries: readonly MarkedAct[]): LogHead {
  const { sequence, hash } = entries.at(-1) ?? emptyLog;
  return { sequence, hash };
}

const verified = ({ entries, head }: Stored, seen?: LogHead) =>
  verifyChain(
    {
      head: async () => head,
      entries: async function* () {
        yield* entries;
      },
    },
    seen,
  );

/** As a store gives them: by their keys, which are their sequences. */
const sorted = (entries: readonly MarkedAct[]) =>
  [...entries].sort((a, b) => a.sequence - b.sequence);

/** The same entries from a place on, linked anew: as who knows how it is done would leave them. */
function relinked(entries: readonly MarkedAct[], from: number): readonly MarkedAct[] {
  const done = entries.slice(0, from);
  for (const entry of entries.slice(from)) {
    const next = entryOf(entry, done.at(-1) ?? emptyLog);
    done.push({ ...next, marked: next.sequence });
  }
  return done;
}

/** Every way to change one thing of a stored log. */
const changes = {
  'a text of an entry': (log, at, text) =>
    (['id', 'time', 'by', 'action', 'subject', 'reason', 'previous', 'hash'] as const).map(
      (field) => changed(log, at, { [field]: `${log.entries[at]?.[field]}${text}` }),
    ),
  'the details of an entry': ({ entries, head }, at, text) => {
    const entry = entries[at] as MarkedAct;
    const names = Object.keys(entry.details);
    const added = { ...entry.details, [`${names.join('')}${text}`]: '' };
    const without = (gone: string) =>
      Object.fromEntries(Object.entries(entry.details).filter(([name]) => name !== gone));
    const others = names.map((name) => ({
      ...without(name),
      [name]: `${entry.details[name]}${text}`,
    }));
    return [added, ...names.map(without), ...others].map((details) =>
      changed({ entries, head }, at, { details }),
    );
  },
  'the place of an entry': (log, at) =>
    log.entries
      .filter((_, other) => other !== at)
      .map(({ sequence }) => changed(log, at, { sequence })),
  'two entries, each in the place of the other': ({ entries, head }, at) =>
    entries.flatMap((other, index) => {
      const one = entries[at] as MarkedAct;
      const swapped = [...entries];
      swapped[at] = { ...other, sequence: one.sequence };
      swapped[index] = { ...one, sequence: other.sequence };
      return index === at ? [] : [{ entries: swapped, head }];
    }),
  'an entry less': ({ entries, head }, at) => [{ entries: entries.toSpliced(at, 1), head }],
  'an entry more': ({ entries, head }, at, text) => {
    const act = { ...(entries[at] as MarkedAct), id: text };
    const forged = entryOf(act, entries[at - 1] ?? emptyLog);
    const behind = entryOf(act, entries.at(-1) ?? emptyLog);
    return [
      { entries: entries.toSpliced(at, 0, { ...forged, marked: forged.sequence }), head },
      // Behind the last one, with a mark, and the head that it should have had.
      { entries: [...entries, { ...behind, marked: behind.sequence }], head },
    ];
  },
  'an entry twice': ({ entries, head }, at) => [
    { entries: entries.toSpliced(at, 0, entries[at] as MarkedAct), head },
  ],
  'the beginning': ({ entries, head }, at) => [{ entries: entries.slice(at + 1), head }],
  'the end': ({ entries, head }, at) => [{ entries: entries.slice(0, at), head }],
  'the mark of an entry': (log, at) => [
    changed(log, at, { marked: null }),
    ...log.entries
      .filter((_, other) => other !== at)
      .map(({ sequence }) => changed(log, at, { marked: sequence })),
  ],
  'the head': ({ entries, head }, at, text) => [
    { entries, head: emptyLog },
    { entries, head: { ...head, hash: `${head.hash}${text}` } },
    { entries, head: { ...head, sequence: head.sequence + 1 } },
    { entries, head: { ...head, sequence: at } },
  ],
  'an entry, with a hash of its own': ({ entries, head }, at, text) => {
    const entry = entries[at] as MarkedAct;
    const other = entryOf(
      { ...entry, reason: `${entry.reason}${text}` },
      entries[at - 1] ?? emptyLog,
    );
    return [{ entries: entries.with(at, { ...entry, ...other }), head }];
  },
  'an entry, and the links of those behind it': ({ entries, head }, at, text) => {
    const other = entries.map((entry, index) =>
      index === at ? { ...entry, reason: `${entry.reason}${text}` } : entry,
    );
    return [{ entries: relinked(other, at), head }];
  },
} satisfies Readonly<Record<string, (log: Stored, at: number, text: string) => Stored[]>>;

function changed({ entries, head }: Stored, at: number, change: Partial<MarkedAct>): Stored {
  return {
    entries: sorted(
      entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
    ),
    head,
  };
}

describe('a verification of the operator log', () => {
  it('finds nothing in a log as it was written, and says where it ends', async () => {
    await fc.assert(
      fc.asyncProperty(logArbitrary(0), async (log) => {
        const { length } = log.entries;
        expect(await verified(log)).toEqual({ checked: length, head: log.head, broken: null });
      }),
    );
  });

  it.each(Object.entries(changes))('finds what was changed: %s', async (_name, changesOf) => {
    await fc.assert(
      fc.asyncProperty(
        logArbitrary(1),
        fc.nat(7),
        fc.string({ minLength: 1 }),
        async (log, place, text) => {
          for (const other of changesOf(log, place % log.entries.length, text)) {
            expect((await verified(other)).broken).not.toBeNull();
          }
        },
      ),
    );
  });

  it('finds a log that was written anew, or cut with its head, by a head that was seen', async () => {
    await fc.assert(
      fc.asyncProperty(
        logArbitrary(1),
        fc.nat(7),
        fc.string({ minLength: 1 }),
        async (log, place, text) => {
          const at = place % log.entries.length;
          const forged = relinked(
            log.entries.map((entry, index) =>
              index === at ? { ...entry, reason: `${entry.reason}${text}` } : entry,
            ),
            at,
          );
          const cut = log.entries.slice(0, at);
          for (const entries of [forged, cut]) {
            const other = { entries, head: headOf(entries) };
            expect((await verified(other)).broken).toBeNull();
            expect((await verified(other, log.head)).broken).not.toBeNull();
          }
          // Everything before the change is as it was seen.
          const earlier = headOf(cut);
          const since = await verified({ entries: forged, head: headOf(forged) }, earlier);
          expect(since.broken).toBeNull();
        },
      ),
    );
  });
});
