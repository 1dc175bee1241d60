import { describe, expect, it } from 'vitest';
import { aFailedRun, delivered, edges } from '../../../test/support/dead-letters/letters.ts';
import {
  ann,
  bob,
  operatorsApi,
  permitsAll,
} from '../../../test/support/dead-letters/operators-api.ts';

const limit = 1_000_000;
const dayMs = 24 * 60 * 60 * 1_000;
const nobodys = '01900000-0000-7000-8000-00000000dead';

type Api = ReturnType<typeof operatorsApi>;

/** A letter of a payment of so much; `poison` is of nobody knows what. */
async function aLetter({ pay, queues }: Api, amount: number | 'poison' | 'run'): Promise<string> {
  if (amount === 'run') {
    return queues.add(edges.audit, aFailedRun());
  }
  return queues.add(
    edges.list,
    amount === 'poison' ? 'poison' : delivered((await pay('key-1', amount)).event),
  );
}

const acts = [
  ['redrive', 'dead_letter.redrive'],
  ['discard', 'dead_letter.discard'],
] as const;

describe.each(acts)('four eyes on a %s', (verb, act) => {
  /** Forced, so that what is at risk alone decides. */
  const body = verb === 'redrive' ? { force: true } : {};
  const done = (json: Record<string, unknown>) =>
    verb === 'redrive' ? json.outcome : json.discarded;
  const isDone = verb === 'redrive' ? { kind: 'redriven' } : true;

  it.each([
    ['as much as the limit, alone', limit, null, 200],
    ['a minor unit more, alone', limit + 1, null, 403],
    ['nobody knows how much, alone', 'poison', null, 403],
    ['more, with an approval of its own', limit + 1, ann, 403],
    ['more, with the approval of another', limit + 1, bob, 200],
    ['nobody knows how much, with the approval of another', 'poison', bob, 200],
  ] as const)('of %s', async (_, amount, approver, status) => {
    const api = operatorsApi();
    const id = await aLetter(api, amount);
    const approval = approver && (await api.approved(approver, act, id, body));
    const answer = await api[verb](id, approval ? { ...body, approval_id: approval } : body);
    expect(answer.status).toBe(status);
    if (status === 200) {
      expect(done(answer.json)).toEqual(isDone);
      const [last] = await api.acts();
      expect(last?.details.approved_by).toBe(approval ? 'jwt:bob' : undefined);
      expect(last?.details.approval).toBe(approval ?? undefined);
    } else {
      expect(answer.json).toMatchObject({ code: 'forbidden', approval_required: true });
      expect(api.queues.of(edges.list)).toHaveLength(1);
      // It is in sight again for whoever is asked to approve it.
      expect((await api.get(id)).status).toBe(200);
      expect(await api.acts()).toHaveLength(approval ? 1 : 0);
    }
  });

  it.each([
    ['as much as the limit, alone', limit, null, 200],
    ['a minor unit more, alone', limit + 1, null, 403],
    ['nobody knows how much, alone', 'poison', null, 403],
    ['more, with an approval of its own', limit + 1, ann, 403],
    ['more, with the approval of another', limit + 1, bob, 200],
  ] as const)(
    'of %s, is the same where the published policies permit everything',
    async (_, amount, approver, status) => {
      const api = operatorsApi(permitsAll);
      const id = await aLetter(api, amount);
      const approval_id = approver && (await api.approved(approver, act, id, body));
      const answer = await api[verb](id, { ...body, ...(approval_id ? { approval_id } : {}) });
      expect(answer.status).toBe(status);
      expect(api.queues.of(edges.list)).toHaveLength(status === 200 ? 0 : 1);
      if (status === 403) {
        expect(answer.json).toMatchObject({ code: 'forbidden', approval_required: true });
      }
    },
  );

  it.each([
    ['a key, whoever approved it', 'operations/key:ann', bob],
    ['who signed in, by the approval of a key', ann, 'operations/key:bob'],
  ])('of a large one is not of %s', async (_, by, approver) => {
    const api = operatorsApi();
    const id = await aLetter(api, limit + 1);
    const { time } = api.nextStamp();
    const approval = await api.approvals.create({
      id: nobodys,
      act,
      subject: id,
      reason: 'looked at it as well',
      approvedBy: approver.replace('operations/', ''),
      created: time,
      expires: new Date(Date.parse(time) + dayMs).toISOString(),
      requestHash: 'hash',
      outcome: null,
      providerReference: null,
      force: verb === 'redrive',
    });
    const answer = await api[verb](id, { ...body, approval_id: approval.id }, by);
    expect(answer.json).toMatchObject({ status: 403, code: 'forbidden' });
    expect(api.queues.of(edges.list)).toHaveLength(1);
  });

  it('takes no approval of another letter, of another act, of nobody, or of the day before', async () => {
    const api = operatorsApi();
    const id = await aLetter(api, 'poison');
    const [, other] = acts.find(([one]) => one !== verb) ?? [];
    const unusable = [
      await api.approved(bob, act, nobodys, body),
      await api.approved(bob, other ?? act, id),
      nobodys,
    ];
    for (const approval_id of unusable) {
      expect((await api[verb](id, { ...body, approval_id })).json).toMatchObject({
        status: 409,
        code: 'approval_not_usable',
      });
    }
    const approval_id = await api.approved(bob, act, id, body);
    api.clock.aheadMs = dayMs;
    expect((await api[verb](id, { ...body, approval_id })).json.code).toBe('approval_not_usable');
    expect(api.queues.of(edges.list)).toHaveLength(1);
  });

  it('takes the same approval for the same again, when the first try came to nothing', async () => {
    const api = operatorsApi();
    const id = await aLetter(api, 'poison');
    const approval_id = await api.approved(bob, act, id, body);
    const dying = { ...api.queues, remove: () => Promise.reject(new Error('killed')) };
    await api[verb](id, { ...body, approval_id }, ann, { queues: dying });
    expect(api.queues.of(edges.list)).toHaveLength(1);
    const answer = await api[verb](id, { ...body, approval_id });
    expect([answer.status, done(answer.json)]).toEqual([200, isDone]);
  });

  it('asks nobody else about a dry run, a refusal by the verdict, or a run, which moves nothing', async () => {
    const api = operatorsApi();
    const id = await aLetter(api, 'poison');
    const dry = await api.redrive(id, { dry_run: true, force: true });
    expect(dry.json.outcome).toEqual({ kind: 'would' });
    expect((await api.redrive(id)).json.outcome).toEqual({ kind: 'refused' });
    const run = await aLetter(api, 'run');
    expect((await api.discard(run)).json.discarded).toBe(true);
  });
});

describe('an approval of a redrive', () => {
  it('given while it is safe is none for force, and one of force is none without', async () => {
    const api = operatorsApi();
    const id = await aLetter(api, limit + 1);
    const safe = await api.approved(bob, 'dead_letter.redrive', id);
    const forced = await api.approved(bob, 'dead_letter.redrive', id, { force: true });
    const notUsable = { status: 409, code: 'approval_not_usable' };
    const asForced = await api.redrive(id, { force: true, approval_id: safe });
    expect(asForced.json).toMatchObject(notUsable);
    expect((await api.redrive(id, { approval_id: forced })).json).toMatchObject(notUsable);
    expect(api.queues.of(edges.list)).toHaveLength(1);
    const answer = await api.redrive(id, { approval_id: safe });
    expect(answer.json.outcome).toEqual({ kind: 'redriven' });
  });
});

describe('an approval', () => {
  const asked = { act: 'dead_letter.redrive', subject: nobodys, reason: 'looked at it as well' };

  it('is on record before it is given, and shows who gave it until when', async () => {
    const { approve, acts: onRecord } = operatorsApi();
    const { status, json } = await approve(bob, asked);
    expect(status).toBe(201);
    expect(json).toEqual({
      ...asked,
      outcome: null,
      provider_reference: null,
      force: false,
      id: expect.any(String),
      object: 'operator_approval',
      approved_by: 'jwt:bob',
      created: expect.any(String),
      expires: new Date(Date.parse(json.created) + dayMs).toISOString(),
    });
    expect(await onRecord()).toMatchObject([
      {
        action: 'approval.create',
        by: 'jwt:bob',
        subject: nobodys,
        reason: asked.reason,
        details: { approval: json.id, act: asked.act },
      },
    ]);
  });

  it.each([
    [
      { act: 'parked.resolve', outcome: 'took_effect', provider_reference: 'ch_1' },
      { act: 'parked.resolve', outcome: 'took_effect', provider_reference: 'ch_1' },
    ],
    [
      { act: 'parked.resolve', outcome: 'no_effect' },
      { act: 'parked.resolve', outcome: 'no_effect' },
    ],
    [{ force: true }, { act: 'dead_letter.redrive', force: 'true' }],
  ])('of %j says so, and on record', async (more, details) => {
    const { approve, acts: onRecord } = operatorsApi();
    const { status, json } = await approve(bob, { ...asked, ...more });
    expect(status).toBe(201);
    expect(json).toMatchObject(more);
    const [act] = await onRecord();
    expect(act?.details).toEqual({ approval: json.id, ...details });
  });

  it('is given once under a key, to the same request of the same person', async () => {
    const { approve, acts: onRecord } = operatorsApi();
    const headers = { 'Idempotency-Key': 'one' };
    const first = await approve(bob, asked, { headers });
    const again = await approve(bob, asked, { headers });
    expect(again.json).toEqual(first.json);
    expect(again.headers['Idempotent-Replayed']).toBe('true');
    expect((await approve(ann, asked, { headers })).status).toBe(422);
    const other = { ...asked, act: 'dead_letter.discard' };
    expect((await approve(bob, other, { headers })).status).toBe(422);
    expect((await approve(bob, { ...asked, force: true }, { headers })).status).toBe(422);
    expect(await onRecord()).toHaveLength(1);
  });

  it.each([
    ['no effect', { outcome: 'no_effect' }],
    ['another reference', { outcome: 'took_effect', provider_reference: 'ch_2' }],
  ])('of one word is not given again as one of %s', async (_, other) => {
    const { approve } = operatorsApi();
    const headers = { 'Idempotency-Key': 'one' };
    const ofParked = { ...asked, act: 'parked.resolve' };
    const word = { ...ofParked, outcome: 'took_effect', provider_reference: 'ch_1' };
    expect((await approve(bob, word, { headers })).status).toBe(201);
    expect((await approve(bob, { ...ofParked, ...other }, { headers })).status).toBe(422);
  });

  it('is not what was done to a letter last', async () => {
    const { approved, get, discard, acts: onRecord } = operatorsApi();
    await approved(bob, 'dead_letter.discard', nobodys);
    expect((await get(nobodys)).status).toBe(404);
    expect((await discard(nobodys)).status).toBe(404);
    expect(await onRecord()).toHaveLength(1);
  });

  it.each([
    ['no key', asked, { 'Idempotency-Key': '' }, 400],
    ['an act that takes none', { ...asked, act: 'break.resolve' }, {}, 400],
    ['a subject that is no id', { ...asked, subject: 'all' }, {}, 400],
    ['a reason that says nothing', { ...asked, reason: 'ok' }, {}, 400],
  ])('is not given to %s', async (_, body, headers, status) => {
    const { approve } = operatorsApi();
    expect((await approve(bob, body, { headers })).status).toBe(status);
  });

  it.each([
    ['a word that is not said', { act: 'parked.resolve' }, '/outcome'],
    ['a question', { act: 'parked.resolve', outcome: 'ask' }, '/outcome'],
    ['an outcome of a letter', { outcome: 'no_effect' }, '/outcome'],
    [
      'a reference of what had no effect',
      { act: 'parked.resolve', outcome: 'no_effect', provider_reference: 'ch_1' },
      '/provider_reference',
    ],
    ['a reference of a letter', { provider_reference: 'ch_1' }, '/provider_reference'],
    ['a discard by force', { act: 'dead_letter.discard', force: true }, '/force'],
    ['a word by force', { act: 'parked.resolve', outcome: 'no_effect', force: true }, '/force'],
  ])('is not given to %s', async (_, more, path) => {
    const { approve, acts: onRecord } = operatorsApi();
    const { status, json } = await approve(bob, { ...asked, ...more });
    expect([status, json.code]).toEqual([400, 'invalid_request']);
    expect(json.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    expect(await onRecord()).toEqual([]);
  });
});
