import { describe, expect, it } from 'vitest';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { Break } from '../../../shared/domain/settlement/break.ts';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { accessBy, aPrincipal } from '../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { timeAt } from '../../../test/support/ledger/transfers.ts';
import { memorySettlementAdapters } from '../../../test/support/settlement/memory-world.ts';
import { aBreak, aChange, aLine } from '../../../test/support/settlement/records.ts';
import { getBreak, listBreaks } from './list-breaks.ts';
import { resolveBreak } from './resolve-break.ts';

const tenants = ['acme', 'globex', 'operations'] as const;
type Tenant = (typeof tenants)[number];

/** The endpoints over the in-memory adapters, with two breaks of acme's and one of nobody's. */
async function setUp() {
  const { store, breaks } = memorySettlementAdapters();
  const log = memoryOperatorLog();
  const filed = [
    aBreak(aLine('first'), 'acme', { time: timeAt(0) }),
    aBreak(aLine('second'), 'acme', { time: timeAt(1) }),
    aBreak(aLine('third'), null, { time: timeAt(2), kind: 'extra_line' }),
  ] as [Break, Break, Break];
  for (const files of filed) {
    await store.write(aChange({ files }));
  }
  const access = accessBy(async (hash) => {
    const tenant = tenants.find((name) => hashApiKey(name) === hash);
    return tenant ? aPrincipal(tenant) : null;
  });
  let ms = 10;
  const now = () => timeAt(ms++);
  const list = httpHandler(endpoints.listBreaks, access, listBreaks(breaks));
  const get = httpHandler(endpoints.getBreak, access, getBreak(breaks));
  const resolve = httpHandler(
    endpoints.resolveBreak,
    access,
    resolveBreak({ ...breaks, log: log.append, now }),
  );
  const as = (tenant: Tenant) => ({ Authorization: `Bearer ${tenant}` });
  return {
    filed,
    breaks,
    acts: async () => (await log.list({ limit: 100, after: null })).items,
    list: (tenant: Tenant, query: Record<string, string> = {}) =>
      invoke(
        list,
        apiEvent({
          method: 'GET',
          headers: as(tenant),
          query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
        }),
      ),
    get: (tenant: Tenant, id: string) =>
      invoke(
        get,
        apiEvent({ method: 'GET', headers: as(tenant), pathParameters: { break_id: id } }),
      ),
    resolve: (tenant: Tenant, id: string, body: unknown = { reason: 'paid by hand' }) =>
      invoke(
        resolve,
        apiEvent({
          headers: { ...as(tenant), 'Content-Type': 'application/json' },
          pathParameters: { break_id: id },
          body,
        }),
      ),
  };
}

const idsOf = (answer: { readonly json: { data: { id: string }[] } }) =>
  answer.json.data.map(({ id }) => id);

describe('GET /reconciliation/breaks', () => {
  it('gives a tenant its own, newest first, and operations all', async () => {
    const { list, filed } = await setUp();
    const [first, second, third] = filed;
    const own = await list('acme');
    expect(own.status).toBe(200);
    expect(idsOf(own)).toEqual([second.id, first.id]);
    expect(endpoints.listBreaks.answers[200]?.safeParse(own.json).success).toBe(true);
    expect(idsOf(await list('globex'))).toEqual([]);
    expect(idsOf(await list('operations'))).toEqual([third.id, second.id, first.id]);
  });

  it('shows both sides of a break', async () => {
    const { list, filed } = await setUp();
    expect((await list('acme', { limit: '1' })).json.data).toEqual([
      {
        id: filed[1].id,
        object: 'reconciliation_break',
        kind: 'wrong_amount',
        status: 'open',
        provider: 'psp',
        file: 'psp/1.csv',
        line: 2,
        line_id: 'line-2',
        type: 'capture',
        payment_id: filed[1].paymentId,
        operation_id: filed[1].operationId,
        ours: { amount: 10_000, currency: 'EUR' },
        theirs: { amount: 10_000, currency: 'EUR' },
        tenant: 'acme',
        created: timeAt(1),
        resolution: null,
      },
    ]);
  });

  it('narrows by status, and pages', async () => {
    const { list, resolve, filed } = await setUp();
    const [first, second, third] = filed;
    await resolve('operations', second.id);
    expect(idsOf(await list('acme', { status: 'open' }))).toEqual([first.id]);
    expect(idsOf(await list('acme', { status: 'resolved' }))).toEqual([second.id]);
    const page = await list('operations', { status: 'open', limit: '1' });
    expect(idsOf(page)).toEqual([third.id]);
    const cursor = page.json.next_cursor as string;
    const rest = await list('operations', { status: 'open', limit: '1', cursor });
    expect(idsOf(rest)).toEqual([first.id]);
    expect(rest.json.next_cursor).toBeNull();
  });

  it.each([
    ['status', 'closed'],
    ['limit', '0'],
    ['cursor', 'bm8'],
    ['kind', 'extra_line'],
  ])('refuses %s=%s', async (name, value) => {
    const { list } = await setUp();
    const answer = await list('acme', { [name]: value });
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_request']);
  });
});

describe('GET /reconciliation/breaks/{break_id}', () => {
  it('gives one to its tenant and to operations', async () => {
    const { get, filed } = await setUp();
    for (const tenant of ['acme', 'operations'] as const) {
      const answer = await get(tenant, filed[0].id);
      expect([answer.status, answer.json.id]).toEqual([200, filed[0].id]);
    }
  });

  it('finds a stranger’s as little as one that is not there', async () => {
    const { get, filed } = await setUp();
    const strangers = await get('globex', filed[0].id);
    const nobodys = await get('acme', filed[2].id);
    const missing = await get('globex', '00000000-0000-8000-8000-000000000000');
    const noId = await get('globex', 'no-id');
    for (const answer of [strangers, nobodys, missing, noId]) {
      expect(answer.status).toBe(404);
      expect(answer.text).toBe(missing.text);
    }
  });
});

describe('POST /reconciliation/breaks/{break_id}/resolve', () => {
  it('closes a break with a reason, and says who did', async () => {
    const { resolve, get, filed } = await setUp();
    const answer = await resolve('operations', filed[0].id);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      status: 'resolved',
      resolution: { reason: 'paid by hand', by: 'key:operations', time: timeAt(10) },
    });
    expect((await get('acme', filed[0].id)).text).toBe(answer.text);
    expect((await resolve('operations', filed[2].id)).json.resolution.by).toBe('key:operations');
  });

  it('is on record, with who and why, before it is closed', async () => {
    const { resolve, acts, filed } = await setUp();
    await resolve('acme', filed[0].id);
    expect(await acts()).toEqual([]);
    await resolve('operations', filed[0].id);
    expect(await acts()).toMatchObject([
      {
        time: timeAt(10),
        by: 'key:operations',
        action: 'break.resolve',
        subject: filed[0].id,
        reason: 'paid by hand',
        details: { tenant: 'acme', kind: filed[0].kind },
      },
    ]);
  });

  it('answers the same again with the same reason, and puts nothing on record', async () => {
    const { resolve, acts, filed } = await setUp();
    const first = await resolve('operations', filed[0].id);
    expect((await resolve('operations', filed[0].id)).text).toBe(first.text);
    expect(await acts()).toHaveLength(1);
  });

  it('lets no tenant close its own, before or after it was closed', async () => {
    const { resolve, filed, breaks } = await setUp();
    const refused = await resolve('acme', filed[0].id);
    expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
    expect((await breaks.get(filed[0].id))?.status).toBe('open');
    await resolve('operations', filed[0].id);
    expect((await resolve('acme', filed[0].id)).status).toBe(403);
  });

  it('refuses another reason', async () => {
    const { resolve, filed, get } = await setUp();
    await resolve('operations', filed[0].id);
    const answer = await resolve('operations', filed[0].id, { reason: 'another' });
    expect(answer.json).toMatchObject({
      status: 409,
      code: 'invalid_state',
      state: 'resolved',
      allowed: [],
    });
    expect((await get('acme', filed[0].id)).json.resolution.reason).toBe('paid by hand');
  });

  it('lets one of two reasons win that come at once', async () => {
    const { resolve, filed } = await setUp();
    const answers = await Promise.all(
      ['one', 'two', 'one'].map((reason) => resolve('operations', filed[0].id, { reason })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
  });

  it.each([
    ['globex', 0],
    ['acme', 2],
  ] as const)('does not find for %s what is not its own', async (tenant, index) => {
    const { resolve, filed, breaks } = await setUp();
    expect((await resolve(tenant, filed[index].id)).status).toBe(404);
    expect((await breaks.get(filed[index].id))?.status).toBe('open');
  });

  it.each([
    ['no reason', {}],
    ['an empty reason', { reason: '' }],
    ['a reason that is too long', { reason: 'x'.repeat(201) }],
    ['a reason that is no text', { reason: 1 }],
    ['something else with it', { reason: 'paid', amount: 1 }],
    ['no object', ['paid']],
  ])('refuses %s', async (_, body) => {
    const { resolve, filed, breaks } = await setUp();
    expect((await resolve('operations', filed[0].id, body)).status).toBe(400);
    expect((await breaks.get(filed[0].id))?.status).toBe('open');
  });
});
