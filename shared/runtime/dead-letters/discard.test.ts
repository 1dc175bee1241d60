import { describe, expect, it } from 'vitest';
import { delivered, edges } from '../../../test/support/dead-letters/letters.ts';
import { deadLetterWorld } from '../../../test/support/dead-letters/world.ts';
import { discard } from './discard.ts';
import { redrive } from './redrive.ts';

function world() {
  const made = deadLetterWorld();
  return {
    ...made,
    discard: (id: string, deps: Partial<typeof made.deps> = {}) =>
      discard(
        { ...made.deps, ...deps },
        { edges: made.edges, id, reason: 'sent by a test', by: 'ada' },
      ),
  };
}

describe('discarding a dead letter', () => {
  it('takes it away and no other, with who and why and what on record', async () => {
    const { discard: away, pay, queues, acts } = world();
    const { event } = await pay();
    const id = queues.add(edges.list, delivered(event), { error_name: 'Error', reason: 'no' });
    const other = queues.add(edges.list, 'poison');
    expect(await away(id)).toMatchObject({ kind: 'discarded', of: { letter: { id } } });
    expect(queues.of(edges.list).map((letter) => letter.id)).toEqual([other]);
    expect(await acts()).toMatchObject([
      {
        id: expect.any(String),
        time: expect.any(String),
        by: 'ada',
        action: 'dlq.discard',
        subject: id,
        reason: 'sent by a test',
        details: {
          queue: 'payments-project-list',
          what: 'payment.accepted',
          about: `payment ${event.subject}`,
          at_risk: 'EUR 100.00',
          failure: 'Error: no',
          verdict: 'repeatable',
          body_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
    ]);
  });

  it('is on record before it is done, and nothing is done that is not', async () => {
    const { discard: away, queues, log } = world();
    const id = queues.add(edges.list, 'poison');
    const deaf = { ...log, append: () => Promise.reject(new Error('no log')) };
    await expect(away(id, { log: deaf })).rejects.toThrow('no log');
    expect(queues.of(edges.list)).toHaveLength(1);
    expect(await away(id)).toMatchObject({ kind: 'discarded' });
  });

  it('is done once: the second time says who did it', async () => {
    const { discard: away, queues, acts } = world();
    const id = queues.add(edges.list, 'poison');
    await away(id);
    expect(await away(id)).toMatchObject({
      kind: 'gone',
      last: { by: 'ada', action: 'dlq.discard', reason: 'sent by a test' },
    });
    expect(await acts()).toHaveLength(1);
  });

  it('is tried again when the process ended before the letter was gone', async () => {
    const { discard: away, queues } = world();
    const id = queues.add(edges.list, 'poison');
    const dying = { ...queues, remove: () => Promise.reject(new Error('killed')) };
    await expect(away(id, { queues: dying })).rejects.toThrow('killed');
    expect(await away(id)).toMatchObject({ kind: 'discarded' });
    expect(queues.of(edges.list)).toEqual([]);
  });

  it('of a letter that was redriven says that', async () => {
    const { discard: away, deps, edges: all, pay, queues } = world();
    const id = queues.add(edges.list, delivered((await pay()).event));
    await redrive(deps, { edges: all, ids: null, isReal: true, force: null, by: 'bob' });
    expect(await away(id)).toMatchObject({
      kind: 'gone',
      last: { by: 'bob', action: 'dlq.redrive' },
    });
  });

  it('of a letter that nobody knows says how many others have right now', async () => {
    const { discard: away, queues } = world();
    queues.add(edges.list, 'poison');
    await queues.take(edges.list, 1);
    expect(await away('nowhere')).toEqual({
      kind: 'gone',
      last: null,
      takenByOthers: 1,
      more: false,
    });
  });

  it('leaves to somebody else what somebody else has', async () => {
    const { discard: away, queues, acts } = world();
    const id = queues.add(edges.list, 'poison');
    const late = { ...queues, keep: async () => false };
    expect(await away(id, { queues: late })).toEqual({ kind: 'not_held' });
    expect(queues.of(edges.list)).toHaveLength(1);
    expect(await acts()).toEqual([]);
  });
});
