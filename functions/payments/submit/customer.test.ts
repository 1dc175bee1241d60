import { describe, expect, it, vi } from 'vitest';
import {
  memoryCustomerKeys,
  memoryDataKeys,
  memoryPersonalData,
} from '../../../shared/adapters/memory/personal-data.ts';
import { personalDataVault } from '../../../shared/adapters/personal-data/vault.ts';
import {
  expectRefused,
  expectReplay,
  leastBody,
  memoryApi,
  withKey,
} from '../../../test/support/api/memory-api.ts';
import { eraseNow } from '../../../test/support/erase-customer.ts';
import { recordLogs } from '../../../test/support/logs.ts';

const ada = { id: 'c-1', name: 'Ada Byron', email: 'ada.byron@shop.example' };
const paid = { ...leastBody, customer: ada };
const whose = { tenant: 'acme', id: ada.id };
const erasedAt = '2026-11-21T10:00:00.000Z';

/** The API, and how often it asked for keys and the key service. */
function counted() {
  const keys = memoryCustomerKeys();
  const service = memoryDataKeys();
  const calls: string[] = [];
  const noted = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get: (target, method, receiver) => {
        const value: unknown = Reflect.get(target, method, receiver);
        return (...args: unknown[]) => {
          calls.push(`${name}.${String(method)}`);
          return (value as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  let made = 0;
  const vault = personalDataVault({
    keys: noted('keys', keys),
    dataKeys: noted('kms', service),
    newKeyId: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
    randomBytes: (count) => new Uint8Array(count).fill(++made),
    nowMs: () => 0,
  });
  return { api: memoryApi({}, vault), calls, vault };
}

describe('the customer of a payment', () => {
  it('is shown by its id alone, and kept sealed', async () => {
    const vault = memoryPersonalData();
    const api = memoryApi({}, vault);
    const answer = await api.pay(paid);
    expect(answer.status).toBe(202);
    expect(answer.json.customer).toBe('c-1');
    const payment = await api.store.load(answer.json.id);
    const sealed = payment?.request.customer?.personal_data;
    expect(payment?.request.customer).toEqual({ id: 'c-1', personal_data: sealed });
    expect(sealed && (await vault.open(whose, sealed))).toEqual({
      name: ada.name,
      email: ada.email,
    });
    const everything = JSON.stringify([answer, api.store.allEvents, payment, vault.all()]);
    expect(everything).not.toMatch(/Ada|Byron|ada\.byron/);
  });

  it('without anything personal costs no call, as none at all', async () => {
    const { api, calls } = counted();
    await api.pay(leastBody);
    await api.pay({ ...leastBody, customer: null });
    const { json } = await api.pay({ ...leastBody, customer: { id: 'c-2' } });
    await api.pay({ ...leastBody, customer: { id: 'c-2', name: null, email: null } });
    expect(calls).toEqual([]);
    expect(json.customer).toBe('c-2');
    expect((await api.store.load(json.id))?.request.customer).toEqual({
      id: 'c-2',
      personal_data: null,
    });
  });

  it('costs three calls the first time, and one as long as its key is at hand', async () => {
    const { api, calls } = counted();
    await api.pay(paid);
    expect(calls.splice(0)).toEqual(['keys.read', 'kms.generate', 'keys.keep']);
    await api.pay(paid);
    expect(calls).toEqual(['keys.read']);
  });

  it('is refused when it is no customer, and what was sent is not said again', async () => {
    const api = memoryApi();
    const cases: [unknown, string[]][] = [
      [{ ...ada, id: 'VALUE@shop.example' }, ['/customer/id']],
      [{ ...ada, email: 'VALUE' }, ['/customer/email']],
      [{ ...ada, name: '' }, ['/customer/name']],
      [{ ...ada, name: 'VALUE'.padEnd(201, '!') }, ['/customer/name']],
      [{ ...ada, phone: 'VALUE' }, ['/customer/phone']],
      [{ name: 'VALUE' }, ['/customer/id']],
      ['VALUE', ['/customer']],
    ];
    for (const [customer, places] of cases) {
      const sent = api.pay({ ...leastBody, customer });
      const answer = await expectRefused(api, sent, 400, 'invalid_request', places);
      expect(answer.text).not.toContain('VALUE');
    }
  });

  it('has no card number for a name or an address', async () => {
    const api = memoryApi();
    const card = '4242'.repeat(4);
    for (const [field, value] of [
      ['name', `Ada ${card}`],
      ['email', `${card}@shop.example`],
      ['id', card],
    ] as const) {
      const sent = api.pay({ ...leastBody, customer: { ...ada, [field]: value } });
      await expectRefused(api, sent, 400, 'card_data_refused', [`/customer/${field}`]);
    }
  });
});

describe('a key of a payment with a customer', () => {
  it('gets the first answer again for the same, whatever process is asked', async () => {
    const vault = memoryPersonalData();
    const api = memoryApi({}, vault);
    const first = await api.pay(paid, withKey('k'));
    expectReplay(first, await api.pay(paid, withKey('k')));
    const spelled = { customer: { email: ada.email, name: ada.name, id: ada.id }, ...leastBody };
    expectReplay(first, await api.pay(spelled, withKey('k')));
    expect(api.store.allEvents).toHaveLength(1);
  });

  it.each([
    ['another address', { ...ada, email: 'other@shop.example' }],
    ['no address', { ...ada, email: null }],
    ['another name', { ...ada, name: 'Ada Lovelace' }],
    ['nothing personal', { id: ada.id }],
    ['another customer', { ...ada, id: 'c-2' }],
    ['no customer', null],
  ])('is refused with %s, without effect', async (_, customer) => {
    const api = memoryApi();
    const first = await api.pay(paid, withKey('k'));
    const other = await api.pay({ ...leastBody, customer }, withKey('k'));
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
    expectReplay(first, await api.pay(paid, withKey('k')));
    expect(api.store.allEvents).toHaveLength(1);
  });

  it('is refused with a customer when it was used without', async () => {
    const api = memoryApi();
    await api.pay(leastBody, withKey('k'));
    const other = await api.pay(paid, withKey('k'));
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('gets the first answer again after an erasure, when no one can tell the data any more', async () => {
    const vault = memoryPersonalData();
    const api = memoryApi({}, vault);
    const first = await api.pay(paid, withKey('k'));
    await eraseNow(vault, whose, erasedAt);
    expectReplay(first, await api.pay(paid, withKey('k')));
    const changed = { ...paid, customer: { ...ada, name: 'Somebody Else' } };
    expectReplay(first, await api.pay(changed, withKey('k')));
    expect(api.store.allEvents).toHaveLength(1);
  });

  it('is refused after an erasure with anything else that is another', async () => {
    const vault = memoryPersonalData();
    const api = memoryApi({}, vault);
    await api.pay(paid, withKey('k'));
    await eraseNow(vault, whose, erasedAt);
    const others = [
      { ...paid, amount: 1 },
      { ...paid, customer: { id: ada.id } },
      { ...paid, customer: { ...ada, id: 'c-2' } },
      leastBody,
    ];
    for (const other of others) {
      expect((await api.pay(other, withKey('k'))).json.code).toBe('idempotency_key_reused');
    }
    expect(api.store.allEvents).toHaveLength(1);
  });
});

describe('what of a customer is personal', () => {
  const logs = recordLogs();

  it('is in no log, also when the key service fails', async () => {
    const { seal, ...vault } = memoryPersonalData();
    const failing = vi.fn(async () => {
      throw new Error('the key service is away');
    });
    const api = memoryApi({}, { ...vault, seal: failing });
    const answer = await api.pay(paid);
    expect(answer.status).toBe(500);
    expect(api.store.allEvents).toEqual([]);
    expect(failing).toHaveBeenCalledTimes(1);
    expect(answer.text + logs.text()).not.toMatch(/Ada|Byron|ada\.byron/);
    expect(logs.lines().length).toBeGreaterThan(0);
  });
});
