import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agenda } from './agenda.ts';
import { diceOf, keyedHash } from './dice.ts';
import { kernel } from './kernel.ts';
import { clockOf, timeline } from './timeline.ts';

describe('the dice', () => {
  it('fall by seed and key alone, in whatever order they are thrown', () => {
    const [one, other] = [diceOf(7), diceOf(7)];
    const keys = ['a', 'b', 'c'];
    expect(keys.map(one.unit)).toEqual([...keys].reverse().map(other.unit).reverse());
    expect(diceOf(8).unit('a')).not.toBe(one.unit('a'));
  });

  it('fall apart for keys that differ in one character', () => {
    const drawn = Array.from({ length: 20_000 }, (_, index) => diceOf(3).unit(`key ${index}`));
    const share = (from: number, to: number) =>
      drawn.filter((unit) => from <= unit && unit < to).length / drawn.length;
    for (const tenth of Array.from({ length: 10 }, (_, index) => index / 10)) {
      expect(share(tenth, tenth + 0.1)).toBeCloseTo(0.1, 1.8);
    }
    expect(new Set(drawn).size).toBeGreaterThan(19_990);
  });

  it('are 32 bits of a hash that stays the same for ever: a seed of today is one of tomorrow', () => {
    expect([keyedHash(1, ''), keyedHash(1, 'a'), keyedHash(2, 'a')]).toMatchInlineSnapshot(`
      [
        2245349019,
        1374950411,
        439060143,
      ]
    `);
  });

  it('pick every one of a list, and whole numbers with both ends', () => {
    const dice = diceOf(1);
    const keys = Array.from({ length: 200 }, (_, index) => String(index));
    expect(new Set(keys.map((key) => dice.pick(key, ['a', 'b', 'c'])))).toEqual(
      new Set(['a', 'b', 'c']),
    );
    expect(new Set(keys.map((key) => dice.int(key, -1, 1)))).toEqual(new Set([-1, 0, 1]));
  });
});

describe('the agenda', () => {
  it('gives what is to happen earliest first, and by key at one instant', () => {
    const appointment = fc.record({
      atMs: fc.nat(20),
      key: fc.string({ maxLength: 2 }),
      recurring: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(appointment, { maxLength: 60 }), (appointments) => {
        const coming = agenda();
        for (const one of appointments) {
          coming.add({ ...one, act: () => {} });
        }
        expect(coming.pending()).toBe(appointments.filter(({ recurring }) => !recurring).length);
        const taken = appointments.map(() => coming.next());
        const sorted = [...taken].sort((a, b) =>
          a && b && (a.atMs - b.atMs || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)) < 0 ? -1 : 1,
        );
        expect(taken.map((one) => [one?.atMs, one?.key])).toEqual(
          sorted.map((one) => [one?.atMs, one?.key]),
        );
        expect([coming.next(), coming.pending()]).toEqual([undefined, 0]);
      }),
    );
  });
});

describe('the kernel', () => {
  it('has one thing happen after the other, each with all that it set going', async () => {
    const { after, run, now } = kernel();
    const seen: string[] = [];
    const chain = async (name: string) => {
      for (let link = 0; link < 20; link++) {
        await Promise.resolve();
      }
      seen.push(`${name} at ${now()}`);
    };
    after(10, 'b', () => chain('b'));
    after(5, 'a', () => {
      void chain('a');
      after(5, 'a again', () => chain('a again'));
    });
    await run(() => false);
    expect(seen).toEqual(['a at 5', 'a again at 10', 'b at 10']);
  });

  it('looks after each step, and not after what was nothing to do', async () => {
    const { after, run, steps } = kernel();
    after(1, 'something', () => {});
    after(2, 'nothing', () => false);
    let looked = 0;
    await run(
      () => false,
      () => {
        looked += 1;
      },
    );
    expect([looked, steps()]).toEqual([1, 1]);
  });

  it('ends when it is over, with the rest undone', async () => {
    const { after, run, pending } = kernel();
    let isOver = false;
    after(1, 'end', () => {
      isOver = true;
    });
    after(2, 'rest', () => {
      throw new Error('not to happen');
    });
    await run(() => isOver);
    expect(pending()).toBe(1);
  });

  it('does not go on for ever', async () => {
    const { after, run } = kernel(1_000);
    const again = () => after(1, 'again', again);
    again();
    await expect(run(() => false)).rejects.toThrow(
      'the run does not end: 1001 steps, and then again',
    );
  });
});

describe('a timeline', () => {
  it('has names in place of ids, and a clock', () => {
    const id = '01900000-0000-7000-8000-000000000001';
    let now = 0;
    const { say, text } = timeline(() => now, new Map([[id, 'p1']]));
    say('charge', `of ${id}`);
    now = 26 * 3_600_000 + 61_234.5;
    say('charge', 'of 01900000-0000-7000-8000-000000000002');
    expect(text().split('\n')).toEqual([
      '0:00:00.000  charge: of p1',
      '1 d 2:01:01.234  charge: of 01900000-0000-7000-8000-000000000002',
    ]);
  });

  it('has another hash for another time, another name and another deed', () => {
    const hashOf = (at: number, who: string, what: string) => {
      const history = timeline(() => at, new Map());
      history.say('first', 'always the same');
      history.say(who, what);
      return history.hash();
    };
    const hashes = [
      hashOf(1, 'a', 'b'),
      hashOf(2, 'a', 'b'),
      hashOf(1, 'b', 'b'),
      hashOf(1, 'a', 'c'),
    ];
    expect(new Set(hashes).size).toBe(4);
    expect(hashOf(1, 'a', 'b')).toBe(hashes[0]);
  });

  it('tells days, hours, minutes, seconds and milliseconds', () => {
    expect([0, 59_999, 3_600_000, 8 * 86_400_000].map(clockOf)).toEqual([
      '0:00:00.000',
      '0:00:59.999',
      '1:00:00.000',
      '8 d 0:00:00.000',
    ]);
  });
});
