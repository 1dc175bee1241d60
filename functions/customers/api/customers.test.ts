import { describe, expect, it, vi } from 'vitest';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import { memoryPersonalData } from '../../../shared/adapters/memory/personal-data.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { chainOfTenant } from '../../../shared/domain/operator-log/chains.ts';
import { allActs } from '../../../shared/domain/operator-log/list.ts';
import type { PersonalDataVault } from '../../../shared/ports/personal-data.ts';
import { accessBy } from '../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import {
  findTestPrincipal,
  keyOf,
  leastBody,
  memoryApi,
} from '../../../test/support/api/memory-api.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { customersApi } from './api.ts';

const ada = { id: 'c-1', name: 'Ada Byron', email: 'ada.byron@shop.example' };
const reason = 'case 4711';
type Tenant = keyof typeof keyOf;

function world(changed: Partial<PersonalDataVault> = {}) {
  const vault = memoryPersonalData();
  const api = memoryApi({}, vault);
  const log = memoryOperatorLog();
  const append = vi.fn(log.append);
  const handler = customersApi({
    access: accessBy(findTestPrincipal),
    load: api.store.load,
    personalData: { ...vault, ...changed },
    log: append,
    nextStamp: api.nextStamp,
  });
  const headers = (tenant: Tenant) => ({
    Authorization: `Bearer ${keyOf[tenant]}`,
    'Content-Type': 'application/json',
  });
  return {
    api,
    vault,
    append,
    acts: () => allActs(log, chainOfTenant('acme')),
    get: (id: string, tenant: Tenant = 'acme') =>
      invoke(
        handler,
        apiEvent({
          method: 'GET',
          path: '/payments/{payment_id}/customer',
          pathParameters: { payment_id: id },
          headers: headers(tenant),
        }),
      ),
    erase: (id: string, body: unknown = { reason }, tenant: Tenant = 'acme') =>
      invoke(
        handler,
        apiEvent({
          method: 'POST',
          path: '/customers/{customer_id}/erase',
          pathParameters: { customer_id: id },
          headers: headers(tenant),
          body,
        }),
      ),
  };
}

async function paidBy(api: ReturnType<typeof memoryApi>, customer: unknown, tenant?: Tenant) {
  return (await api.pay({ ...leastBody, customer }, {}, tenant)).json.id as string;
}

describe('GET /payments/{payment_id}/customer', () => {
  it('opens what came with the payment', async () => {
    const { api, get } = world();
    const id = await paidBy(api, ada);
    const { status, json } = await get(id);
    expect([status, json]).toEqual([
      200,
      { object: 'customer', ...ada, erased: false, payment_id: id },
    ]);
    expect(endpoints.getPaymentCustomer.answers[200]?.safeParse(json).success).toBe(true);
  });

  it('has of each payment what came with it', async () => {
    const { api, get } = world();
    const before = await paidBy(api, ada);
    const after = await paidBy(api, { ...ada, name: 'Ada Lovelace', email: null });
    expect((await get(before)).json.name).toBe('Ada Byron');
    expect((await get(after)).json).toMatchObject({ name: 'Ada Lovelace', email: null });
  });

  it('has the id alone where nothing personal came', async () => {
    const { api, get } = world();
    const id = await paidBy(api, { id: 'c-1' });
    expect((await get(id)).json).toEqual({
      object: 'customer',
      id: 'c-1',
      name: null,
      email: null,
      erased: false,
      payment_id: id,
    });
  });

  it('is 404 without a customer, for a stranger and for what is no payment', async () => {
    const { api, get } = world();
    const none = await paidBy(api, null);
    const mine = await paidBy(api, ada);
    expect((await get(none)).json.detail).toBe('The payment names no customer.');
    const [stranger, nobody] = [await get(mine, 'globex'), await get(crypto.randomUUID())];
    expect([stranger.status, stranger.text]).toEqual([404, nobody.text]);
  });
});

describe('POST /customers/{customer_id}/erase', () => {
  it('makes what came with every payment unreadable, and nothing else', async () => {
    const { api, get, erase } = world();
    const [one, two] = [await paidBy(api, ada), await paidBy(api, ada)];
    const other = await paidBy(api, { ...ada, id: 'c-2' });
    const theirs = await paidBy(api, ada, 'globex');
    const answer = await erase('c-1');
    expect([answer.status, answer.json]).toEqual([
      200,
      { object: 'customer_erasure', id: 'c-1', erased_at: expect.any(String) },
    ]);
    expect(endpoints.eraseCustomer.answers[200]?.safeParse(answer.json).success).toBe(true);
    for (const id of [one, two]) {
      expect((await get(id)).json).toEqual({
        object: 'customer',
        id: 'c-1',
        name: null,
        email: null,
        erased: true,
        payment_id: id,
      });
    }
    expect((await get(other)).json.name).toBe('Ada Byron');
    expect((await get(theirs, 'globex')).json.name).toBe('Ada Byron');
  });

  it('is on record before it is done, with nothing personal', async () => {
    const vault = memoryPersonalData();
    let before: unknown;
    const { erase, acts } = world({
      ...vault,
      erase: async (...asked) => {
        before = await acts();
        return vault.erase(...asked);
      },
    });
    await vault.seal({ tenant: 'acme', id: 'c-1' }, ada);
    expect((await erase('c-1')).status).toBe(200);
    expect(before).toEqual([expect.objectContaining({ action: 'customer.erase' })]);
    expect(JSON.stringify(before)).not.toMatch(/Byron|shop/);
  });

  it('says in the log who erased whom, and why', async () => {
    const { api, erase, acts } = world();
    await paidBy(api, ada);
    const { json } = await erase('c-1');
    expect(await acts()).toEqual([
      expect.objectContaining({
        by: 'key:acme',
        action: 'customer.erase',
        subject: 'c-1',
        reason,
        time: json.erased_at,
        details: { tenant: 'acme', key: expect.any(String) },
      }),
    ]);
  });

  it('answers the same again, once on record', async () => {
    const { api, erase, acts } = world();
    await paidBy(api, ada);
    const first = await erase('c-1');
    const again = await erase('c-1', { reason: 'asked for again' });
    expect(again.text).toBe(first.text);
    expect(await acts()).toHaveLength(1);
  });

  it('is one act when it ended between the record and the deed, and is said again', async () => {
    const vault = memoryPersonalData();
    const broken = vi.fn(vault.erase).mockRejectedValueOnce(new Error('a crash'));
    const { erase, acts } = world({ ...vault, erase: broken });
    await vault.seal({ tenant: 'acme', id: 'c-1' }, ada);
    expect((await erase('c-1')).status).toBe(500);
    expect((await vault.find({ tenant: 'acme', id: 'c-1' }))?.erasedAt).toBeNull();
    expect((await erase('c-1')).status).toBe(200);
    expect(await acts()).toHaveLength(1);
  });

  it('erases the key that it put on record, and not one that came while it was slow', async () => {
    const { api, get, erase, acts, append } = world();
    const before = await paidBy(api, ada);
    const record = append.getMockImplementation() as typeof append;
    let meanwhile = { after: '', erasedAt: '' };
    append.mockImplementationOnce(async (act) => {
      const recorded = await record(act);
      const { json } = await erase('c-1', { reason: 'the other who was asked' });
      meanwhile = { after: await paidBy(api, ada), erasedAt: json.erased_at };
      return recorded;
    });
    const slow = await erase('c-1');
    expect([slow.status, slow.json.erased_at]).toEqual([200, meanwhile.erasedAt]);
    expect((await get(before)).json.erased).toBe(true);
    expect((await get(meanwhile.after)).json).toMatchObject({ name: 'Ada Byron', erased: false });
    const keys = (await acts()).map(({ details }) => details.key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it('does nothing when it cannot be put on record', async () => {
    const { api, append, erase, get } = world();
    const id = await paidBy(api, ada);
    append.mockRejectedValueOnce(new Error('no log'));
    expect((await erase('c-1')).status).toBe(500);
    expect((await get(id)).json.name).toBe('Ada Byron');
  });

  it('lets the customer come again: with a new key, the old data stays gone', async () => {
    const { api, erase, get, acts } = world();
    const before = await paidBy(api, ada);
    const first = await erase('c-1');
    const after = await paidBy(api, ada);
    expect((await get(after)).json).toMatchObject({ name: 'Ada Byron', erased: false });
    expect((await get(before)).json).toMatchObject({ name: null, erased: true });
    const second = await erase('c-1');
    expect(second.json.erased_at > first.json.erased_at).toBe(true);
    expect((await get(after)).json.erased).toBe(true);
    expect(await acts()).toHaveLength(2);
  });

  it('is 404 for whom nothing personal is known of, the same for a stranger’s and for no id', async () => {
    const { api, erase, acts } = world();
    await paidBy(api, ada, 'globex');
    await paidBy(api, { id: 'c-3' });
    const answers = await Promise.all(
      ['c-1', 'c-2', 'c-3', 'ada@shop.example'].map((id) => erase(id)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect(await acts()).toEqual([]);
  });

  it.each([
    ['no reason', {}],
    ['an empty reason', { reason: '' }],
    ['a long reason', { reason: 'x'.repeat(201) }],
    ['something else', { reason, id: 'c-1' }],
  ])('does not take %s', async (_, body) => {
    const { api, erase, get } = world();
    const id = await paidBy(api, ada);
    expect((await erase('c-1', body)).json.code).toBe('invalid_request');
    expect((await get(id)).json.erased).toBe(false);
  });
});

describe('the logs of what is read and erased', () => {
  const logs = recordLogs();

  it('have nothing personal in them', async () => {
    const { api, erase, get } = world();
    const id = await paidBy(api, ada);
    await get(id);
    await erase('c-1', { reason: '' });
    await erase('c-1');
    await get(id);
    expect(logs.lines().length).toBeGreaterThan(0);
    expect(logs.text()).not.toMatch(/Ada|Byron|shop\.example/);
  });
});
