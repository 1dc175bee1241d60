import { describe, expect, it, vi } from 'vitest';
import { derivedId } from '../../../../shared/domain/ids.ts';
import { facts } from '../../../../test/support/payments/facts.ts';
import { aParked, type ParkedName, why } from '../../../../test/support/payments/parked.ts';

const took = { provider_reference: 'ch_9' };

/** What a word needs beside its outcome. */
const moreOf = (what: ParkedName) => (what.endsWith('charge') ? took : {});

describe('a word on what is parked', () => {
  it.each([
    ['charge', 'took_effect'],
    ['charge', 'no_effect'],
    ['reverse', 'no_effect'],
    ['reverse', 'took_effect'],
    ['capture', 'took_effect'],
    ['cancel', 'took_effect'],
    ['refund', 'no_effect'],
    ['stuck charge', 'resume'],
    ['stuck capture', 'resume'],
  ] as const)(
    'of a %s said again, %s is the same answer, and does nothing',
    async (what, outcome) => {
      const { say, since, acts } = await aParked(what);
      const more = outcome === 'took_effect' ? moreOf(what) : {};
      const first = await say(outcome, more);
      const [events, log] = [await since(), await acts()];
      const again = await say(outcome, { ...more, reason: 'the same in other words' });
      expect([again.status, again.text]).toEqual([200, first.text]);
      expect([await since(), await acts()]).toEqual([events, log]);
    },
  );

  it.each([
    ['charge', 'took_effect', took],
    ['charge', 'no_effect', {}],
    ['capture', 'took_effect', {}],
    ['reverse', 'no_effect', {}],
    ['reverse', 'took_effect', {}],
  ] as const)(
    'of a %s that died after it was written, %s, is made good by the same',
    async (what, outcome, more) => {
      const { say, resolveWith, said, id, since, store, acts, list } = await aParked(what);
      const append = vi.fn(store.append).mockImplementationOnce(store.append);
      append.mockRejectedValueOnce(new Error('died'));
      const died = await resolveWith({ append })(id, said(outcome, more));
      expect(died.status).toBe(500);
      expect(await since()).toEqual(['outcome_resolved']);
      const waiting = (await list('operations')).json.data;
      if (!(what === 'reverse' && outcome === 'no_effect')) {
        expect(waiting).toMatchObject([
          { actions: [outcome], resolution: { outcome, by: 'key:operations', reason: why } },
        ]);
      }
      expect((await say(outcome, more)).status).toBe(200);
      const whole = await aParked(what);
      await whole.say(outcome, more);
      expect(await since()).toEqual(await whole.since());
      expect(await acts()).toHaveLength(1);
    },
  );

  it('that died cannot be turned into another', async () => {
    const { say, resolveWith, said, id, store, since } = await aParked('charge');
    const append = vi.fn(store.append).mockImplementationOnce(store.append);
    append.mockRejectedValueOnce(new Error('died'));
    await resolveWith({ append })(id, said('took_effect', took));
    for (const [outcome, more] of [
      ['no_effect', {}],
      ['took_effect', { provider_reference: 'ch_8' }],
      ['ask', {}],
      ['resume', {}],
    ] as const) {
      expect((await say(outcome, more)).json).toMatchObject({
        status: 409,
        code: 'invalid_state',
        state: 'parked',
        allowed: ['took_effect'],
      });
    }
    expect(await since()).toEqual(['outcome_resolved']);
  });

  it.each([
    ['charge', 'took_effect', took, 'no_effect', {}],
    ['charge', 'took_effect', took, 'took_effect', { provider_reference: 'ch_8' }],
    ['charge', 'took_effect', took, 'resume', {}],
    ['charge', 'no_effect', {}, 'took_effect', took],
    ['capture', 'took_effect', {}, 'no_effect', {}],
    ['reverse', 'no_effect', {}, 'took_effect', {}],
    ['stuck charge', 'resume', {}, 'no_effect', {}],
  ] as const)(
    'of a %s, %s %j, cannot be followed by %s %j',
    async (what, first, more, other, moreOfOther) => {
      const { say, since, acts } = await aParked(what);
      await say(first, more);
      const [events, log] = [await since(), await acts()];
      const refused = await say(other, moreOfOther);
      const state = first === 'resume' ? 'resumed' : first;
      expect(refused.json).toMatchObject({ code: 'invalid_state', state, allowed: [] });
      expect([refused.status, await since(), await acts()]).toEqual([409, events, log]);
    },
  );

  it('is refused where nothing waits, or ever did', async () => {
    const { say, write, id, resolveWith } = await aParked('stuck charge');
    await say('resume');
    await write(facts.unknownCharge);
    expect((await say('no_effect')).json).toMatchObject({
      code: 'invalid_state',
      state: 'resumed',
    });
    const other = { operation_id: derivedId('other'), outcome: 'ask', reason: why };
    expect((await resolveWith()(id, other)).json).toMatchObject({
      code: 'not_found',
      detail: 'The payment has no such operation.',
    });
    const reversal = facts.reversed.facts.operation_id;
    const answer = await resolveWith()(id, { ...other, operation_id: reversal });
    expect(answer.json).toMatchObject({ code: 'invalid_state', state: 'processing', allowed: [] });
  });

  it('can be said again of what is parked again', async () => {
    const { say, write, since } = await aParked('stuck charge');
    const first = await say('resume');
    await write(facts.parkedCharge);
    const second = await say('resume');
    expect(second.status).toBe(200);
    expect(second.json.since).not.toBe(first.json.since);
    expect(await since()).toEqual(['resumed', 'parked', 'resumed']);
  });
});
