import { describe, expect, it, vi } from 'vitest';
import { delivered, edges } from '../../../test/support/dead-letters/letters.ts';
import {
  ann,
  bob,
  operatorsApi,
  permitsAll,
  why,
} from '../../../test/support/dead-letters/operators-api.ts';

/** So long a letter is out of sight. */
const heldMs = 120_000;
const nobodys = '01900000-0000-7000-8000-00000000dead';

describe('a letter whose act was cut off', () => {
  it.each(['redrive', 'discard'] as const)(
    'is there: a %s on record is no proof while others may have it',
    async (verb) => {
      const api = operatorsApi();
      const id = api.queues.add(edges.list, delivered((await api.pay()).event));
      const cutOff = { ...api.queues, remove: () => new Promise<never>(() => {}) };
      void api[verb](id, {}, ann, { queues: cutOff });
      await vi.waitFor(async () => expect(await api.acts()).toHaveLength(1));
      // SQS counts late what is out of sight.
      const uncounted: typeof api.queues = {
        ...api.queues,
        take: async (edge, most) => ({ ...(await api.queues.take(edge, most)), takenByOthers: 0 }),
      };
      for (const again of ['discard', 'redrive'] as const) {
        const { json } = await api[again](id, {}, bob, { queues: uncounted });
        expect(json).toMatchObject({ status: 409, state: 'taken' });
      }
      api.clock.aheadMs = heldMs;
      expect((await api.discard(id)).json).toMatchObject({ status: 409, state: 'taken' });
      api.queues.passTime();
      expect((await api.discard(id)).json.discarded).toBe(true);
    },
  );
});

describe('a letter behind those that were read', () => {
  it('is not said to be gone', async () => {
    const api = operatorsApi();
    for (let n = 0; n < 1_000; n++) {
      api.queues.add(edges.list, 'poison');
    }
    const id = api.queues.add(edges.list, delivered((await api.pay()).event));
    for (const answer of [await api.get(id), await api.redrive(id), await api.discard(id)]) {
      expect(answer.json).toMatchObject({ status: 409, code: 'invalid_state', state: 'not_read' });
      expect(answer.json.detail).toContain('not among the thousand that were read');
    }
    expect(await api.acts()).toEqual([]);

    // A discard that was cut off, long ago: it is on record, and the letter is there.
    await api.log.append({
      id: nobodys,
      time: api.deps.now(),
      by: 'jwt:ann',
      action: 'dlq.discard',
      subject: id,
      reason: why,
      details: {},
    });
    api.clock.aheadMs = heldMs;
    const { json } = await api.discard(id);
    expect(json).toMatchObject({ status: 409, state: 'not_read' });
    expect(json.detail).toContain('jwt:ann wanted it discarded');
  });
});

describe('who is no operator', () => {
  it.each(['acme/key:acme', 'acme/jwt:ann'])(
    'reaches no letter by %s, whatever is permitted',
    async (by) => {
      const api = operatorsApi(permitsAll);
      const id = api.queues.add(edges.list, delivered((await api.pay()).event));
      const asked = { act: 'dead_letter.discard', subject: id, reason: why };
      const answers = [
        await api.list(by),
        await api.get(id, by),
        await api.redrive(id, {}, by),
        await api.redrive(id, { dry_run: true }, by),
        await api.discard(id, {}, by),
        await api.approve(by, asked),
      ];
      for (const { json } of answers) {
        expect(json).toMatchObject({ status: 403, code: 'forbidden' });
      }
      expect(api.queues.of(edges.list)).toHaveLength(1);
      expect(await api.acts()).toEqual([]);
    },
  );
});
