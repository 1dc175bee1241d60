import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LetterQueues, SourceEdge, TakenLetter } from '../../../shared/ports/dead-letters.ts';

/** The adapters of one kind, on a queue of dead letters and a queue of work of their own. */
export interface OpenQueues {
  readonly queues: LetterQueues;
  readonly edge: SourceEdge;
  /** What was sent to the queue of work since this was asked last. */
  readonly sent: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** What every adapter of the queues of dead letters has to do. */
export function letterQueuesConform(kind: string, open: () => Promise<OpenQueues>): void {
  describe(`the queues of dead letters on ${kind}`, () => {
    let opened: OpenQueues;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const put = (body: string) =>
      opened.queues.put(opened.edge, { body, errorName: 'Error', reason: `not ${body}` });
    const take = (limit = 1_000) => opened.queues.take(opened.edge, limit);
    const giveBack = (letters: readonly TakenLetter[]) =>
      opened.queues.giveBack(opened.edge, letters);
    const bodies = (letters: readonly TakenLetter[]) => letters.map(({ body }) => body).sort();

    it('are empty at first', async () => {
      expect(await take()).toEqual({ letters: [], more: false, takenByOthers: 0 });
    });

    it('have a letter as it was put there, under the id that it got', async () => {
      const id = await put('{"a":1}');
      const { letters } = await take();
      expect(letters).toEqual([
        {
          id,
          sent: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          body: '{"a":1}',
          attributes: { error_name: 'Error', reason: 'not {"a":1}', receives: '1' },
          receipt: expect.any(String),
        },
      ]);
      await giveBack(letters);
      expect((await take()).letters).toMatchObject([{ id }]);
    });

    it('hide what is taken from others, until it is given back or gone', async () => {
      expect(await take()).toEqual({ letters: [], more: false, takenByOthers: 1 });
    });

    it('give all that there is, however many that are, and say when there are more', async () => {
      const many = Array.from({ length: 25 }, (_, index) => `letter ${index}`);
      for (const body of many) {
        await put(body);
      }
      const all = await take();
      expect(bodies(all.letters)).toEqual([...many].sort());
      expect(all.more).toBe(false);
      expect(all.letters.map(({ sent }) => sent)).toEqual(
        all.letters.map(({ sent }) => sent).sort(),
      );
      await giveBack(all.letters);

      const some = await take(12);
      expect([some.letters.length, some.more]).toEqual([12, true]);
      const others = await take();
      expect(bodies([...some.letters, ...others.letters])).toEqual([...many].sort());
      await giveBack([...some.letters, ...others.letters]);
    });

    it('send a body back as it is, and keep the letter until it is removed', async () => {
      const { letters } = await take();
      const letter = letters.find(({ body }) => body === 'letter 7') as TakenLetter;
      expect(await opened.queues.keep(opened.edge, letter)).toBe(true);
      await opened.queues.sendBack(opened.edge, letter.body);
      expect(await opened.sent()).toEqual(['letter 7']);
      await opened.queues.remove(opened.edge, letter);
      expect(await opened.queues.keep(opened.edge, letter)).toBe(false);
      await giveBack(letters);
      const left = await take();
      expect(left.letters).toHaveLength(24);
      expect(bodies(left.letters)).not.toContain('letter 7');
      await giveBack(left.letters);
    });
  });
}
