import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import {
  delivered,
  edges,
  eventRecord,
  givenUp,
} from '../../../test/support/dead-letters/letters.ts';
import { ann, bob, operatorsApi, why } from '../../../test/support/dead-letters/operators-api.ts';

/** So long a letter is out of sight. */
const heldMs = 120_000;
const nobodys = '01900000-0000-7000-8000-00000000dead';

describe('the list of dead letters', () => {
  it('has every queue, what is in each, and what others have', async () => {
    const { list, pay, queues } = operatorsApi();
    const { event } = await pay();
    const id = queues.add(edges.list, delivered(event), { error_name: 'Error', reason: 'no' });
    queues.add(edges.notices, 'poison');
    await queues.take(edges.notices, 1);
    const { status, json } = await list();
    expect(status).toBe(200);
    expect(endpoints.listDeadLetters.answers[200]?.safeParse(json).success).toBe(true);
    expect(json.queues.map(({ name }: { name: string }) => name)).toEqual(
      Object.values(edges)
        .map(({ name }) => name)
        .sort(),
    );
    const full = json.queues.filter(
      ({ letters, taken_by_others }: { letters: unknown[]; taken_by_others: number }) =>
        letters.length + taken_by_others > 0,
    );
    expect(full).toMatchObject([
      {
        name: 'payments-project-list',
        kind: 'consumer',
        letters: [
          {
            id,
            about: [{ kind: 'payment', id: event.subject }],
            at_risk: [{ amount: 10_000, currency: 'EUR' }],
            at_risk_known: true,
            verdict: { redo: 'safe' },
          },
        ],
        taken_by_others: 0,
      },
      { name: 'provider-notices', letters: [], taken_by_others: 1 },
    ]);
  });

  it('gives back what it read: another finds it, and a redrive at once has it', async () => {
    const { list, pay, queues, redrive } = operatorsApi();
    const id = queues.add(edges.list, delivered((await pay()).event));
    await list();
    expect((await list(bob)).json.queues.flatMap(lettersOf)).toHaveLength(1);
    expect((await redrive(id)).json.outcome).toEqual({ kind: 'redriven' });
  });

  it('is of one queue, and of none that there is not', async () => {
    const { list } = operatorsApi();
    const { json } = await list(ann, { queue: ['ledger-audit'] });
    expect(json.queues).toHaveLength(1);
    const wrong = await list(ann, { queue: ['ledger'] });
    expect(wrong.json).toMatchObject({ status: 400, errors: [{ path: '?/queue' }] });
  });

  it('has a hundred of a queue, and says that there are more', async () => {
    const { list, queues } = operatorsApi();
    for (let n = 0; n < 101; n++) {
      queues.add(edges.list, 'poison');
    }
    const { json } = await list(ann, { queue: [edges.list.name] });
    expect([json.queues[0].letters.length, json.queues[0].more]).toEqual([100, true]);
  });
});

const lettersOf = ({ letters }: { letters: unknown[] }) => letters;

describe('one dead letter', () => {
  it('comes with its content, how its payment is now, and what has happened since', async () => {
    const { get, pay, queues } = operatorsApi();
    const { event } = await pay();
    const id = queues.add(edges.list, delivered(event), { error_name: 'Error' });
    const { status, json } = await get(id);
    expect(status).toBe(200);
    expect(endpoints.getDeadLetter.answers[200]?.safeParse(json).success).toBe(true);
    expect(json).toMatchObject({
      id,
      attributes: { error_name: 'Error' },
      content: { id: event.id, type: 'payment.accepted' },
      present: [
        { kind: 'payment', id: event.subject, status: 'processing', version: 1, since: [] },
      ],
    });
  });

  it('shows nothing of what is not of the contract', async () => {
    const { get, queues } = operatorsApi();
    const { json } = await get(queues.add(edges.list, 'poison'));
    expect([json.content, json.at_risk, json.at_risk_known]).toEqual([null, [], false]);
  });

  it.each([nobodys, 'a'])('that there is not is not there: %s', async (id) => {
    const { get, redrive, discard, deps } = operatorsApi();
    for (const answer of [await get(id), await redrive(id), await discard(id)]) {
      expect(answer.json).toMatchObject({ status: 404, code: 'not_found' });
    }
    expect(await deps.edges()).not.toEqual([]);
  });

  it.each(['redrive', 'discard'] as const)(
    'that is gone by a %s says who had that done',
    async (verb) => {
      const api = operatorsApi();
      const id = api.queues.add(edges.list, delivered((await api.pay()).event));
      await api[verb](id);
      const early = await api.get(id);
      expect(early.json).toMatchObject({ status: 409, state: 'taken' });
      expect(early.json.detail).toMatch(/^jwt:ann wanted it (redriven|discarded) at .* Ask again/);
      api.clock.aheadMs = heldMs;
      const { json } = await api.get(id);
      expect(json).toMatchObject({
        status: 409,
        code: 'invalid_state',
        state: verb === 'redrive' ? 'redriven' : 'discarded',
        allowed: [],
      });
      expect(json.detail).toMatch(/^jwt:ann had it (redriven|discarded) at /);
      expect((await api.redrive(id)).json).toMatchObject({ status: 409, detail: json.detail });
    },
  );
});

describe('a redrive over HTTP', () => {
  it('is done as who asks for it, for the reason that they give', async () => {
    const { redrive, pay, queues, acts } = operatorsApi();
    const { event } = await pay();
    const id = queues.add(edges.list, delivered(event));
    const { status, json } = await redrive(id);
    expect(status).toBe(200);
    expect(endpoints.redriveDeadLetter.answers[200]?.safeParse(json).success).toBe(true);
    expect(json).toMatchObject({
      object: 'dead_letter_redrive',
      letter: { id, queue: 'payments-project-list' },
      outcome: { kind: 'redriven' },
    });
    expect(queues.sentTo(edges.list.source_url)).toEqual([delivered(event)]);
    expect(await acts()).toMatchObject([
      { action: 'dlq.redrive', by: 'jwt:ann', subject: id, reason: why },
    ]);
  });

  it('of what is unsafe is refused, and done by force', async () => {
    const { approved, redrive, pay, queues } = operatorsApi();
    const { event } = await pay();
    const id = queues.add(edges.list, delivered({ ...event, id: nobodys }));
    expect((await redrive(id)).json.outcome).toEqual({ kind: 'refused' });
    expect(queues.sentTo(edges.list.source_url)).toEqual([]);
    // It never happened, so nobody knows what it puts at risk.
    expect((await redrive(id, { force: true })).json.approval_required).toBe(true);
    const approval_id = await approved(bob, 'dead_letter.redrive', id, { force: true });
    const { json } = await redrive(id, { force: true, approval_id });
    expect(json.outcome).toEqual({ kind: 'redriven' });
  });

  it('says which letters stay of a range', async () => {
    const { redrive, pay, queues, stream, failingOn } = operatorsApi();
    const { event } = await pay();
    stream.append('shard', eventRecord('1', event), eventRecord('2', event));
    const id = queues.add(edges.relay, givenUp('1', '2', 2));
    failingOn(edges.relay, '2');
    const { json } = await redrive(id);
    const [left] = queues.of(edges.relay);
    expect(json.outcome).toEqual({
      kind: 'stays',
      passed: 1,
      letters: [{ id: left?.id, records: 1, reason: 'Error: no 2' }],
    });
    expect(endpoints.redriveDeadLetter.answers[200]?.safeParse(json).success).toBe(true);
  });

  it('of a range says that no time is left for it, and leaves it', async () => {
    const { redrive, pay, queues, stream, answering } = operatorsApi();
    stream.append('shard', eventRecord('1', (await pay()).event));
    const id = queues.add(edges.relay, givenUp('1', '1', 1));
    answering(edges.relay, () => Promise.reject(new Error('no time is left')));
    expect((await redrive(id)).json.outcome).toEqual({ kind: 'failed', error: 'no time is left' });
    expect(queues.of(edges.relay)).toHaveLength(1);
  });

  it.each(['redrive', 'discard'] as const)(
    'or a %s that loses the letter on the way is 409',
    async (verb) => {
      const api = operatorsApi();
      const id = api.queues.add(edges.list, delivered((await api.pay()).event));
      const late = { ...api.queues, keep: async () => false };
      const { json } = await api[verb](id, {}, ann, { queues: late });
      expect(json).toMatchObject({ status: 409, code: 'invalid_state', state: 'taken' });
      expect(json.detail).toContain('Ask again in two minutes.');
      expect(api.queues.of(edges.list)).toHaveLength(1);
      expect(await api.acts()).toEqual([]);
    },
  );

  it.each(['redrive', 'discard'] as const)(
    'or a %s waits for who only reads, and not for who keeps it',
    async (verb) => {
      const api = operatorsApi();
      const id = api.queues.add(edges.list, delivered((await api.pay()).event));
      const { letters } = await api.queues.take(edges.list, 1);
      const { json } = await api[verb](id);
      expect(json).toMatchObject({ status: 409, code: 'invalid_state', state: 'taken' });

      let looks = 0;
      const givenBack: typeof api.queues = {
        ...api.queues,
        take: async (edge, most) => {
          if (edge === edges.list && ++looks === 3) {
            await api.queues.giveBack(edge, letters);
          }
          return api.queues.take(edge, most);
        },
      };
      expect((await api[verb](id, {}, ann, { queues: givenBack })).status).toBe(200);
    },
  );

  it('keeps no other letter out of sight while it lasts', async () => {
    const { redrive, pay, queues, stream, answering, deps } = operatorsApi();
    const { event } = await pay();
    stream.append('shard', eventRecord('1', event));
    const id = queues.add(edges.relay, givenUp('1', '1', 1));
    queues.add(edges.relay, givenUp('1', '1', 1));
    const seen: number[] = [];
    answering(edges.relay, async () => {
      const taken = await deps.queues.take(edges.relay, 10);
      seen.push(taken.letters.length);
      await deps.queues.giveBack(edges.relay, taken.letters);
      return { kind: 'done' };
    });
    expect((await redrive(id)).json.outcome).toEqual({ kind: 'redriven' });
    expect(seen).toEqual([1]);
  });
});

describe('a discard over HTTP', () => {
  it('takes it away as who asks for it; the same again is the same', async () => {
    const { clock, discard, pay, queues, acts } = operatorsApi();
    const id = queues.add(edges.list, delivered((await pay()).event));
    const { json } = await discard(id);
    expect(endpoints.discardDeadLetter.answers[200]?.safeParse(json).success).toBe(true);
    expect(json).toEqual({ object: 'dead_letter_discard', id, discarded: true });
    clock.aheadMs = heldMs;
    expect((await discard(id)).json).toEqual(json);
    expect(queues.of(edges.list)).toEqual([]);
    expect(await acts()).toMatchObject([
      { action: 'dlq.discard', by: 'jwt:ann', subject: id, reason: why },
    ]);
  });

  it('of a letter that was redriven is 409', async () => {
    const { clock, discard, redrive, pay, queues } = operatorsApi();
    const id = queues.add(edges.list, delivered((await pay()).event));
    await redrive(id);
    clock.aheadMs = heldMs;
    expect((await discard(id)).json).toMatchObject({ status: 409, state: 'redriven' });
  });
});
