import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../shared/domain/access/key.ts';
import type { KeyStore } from '../../../shared/ports/access/access.ts';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';
import { aKey } from '../../support/api/keys.ts';

const created = '2026-11-20T08:00:00.000Z';
const later = '2026-11-21T10:00:00.000Z';

/** What every adapter of the tenants and their keys has to do. */
export function keysConform(
  kind: string,
  open: () => Promise<{ readonly keys: KeyStore; readonly close: () => Promise<void> }>,
): void {
  describe(`tenants and keys on ${kind}`, () => {
    let adapter: Awaited<ReturnType<typeof open>>;
    let keys: KeyStore;
    beforeAll(async () => {
      adapter = await open();
      keys = adapter.keys;
    });
    afterAll(() => adapter.close());

    let number = 0;
    /** A tenant of the test's own, with one key. */
    async function withKey(given: Partial<ApiKey> = {}) {
      const tenant = `tenant-${++number}`;
      await keys.createTenant({ name: tenant, created });
      const key = aKey({ id: randomUUID(), tenant, ...given });
      const hash = hashApiKey(key.id);
      expect(await keys.create(key, hash)).toBe('created');
      return { tenant, key, hash };
    }
    const successorOf = (key: ApiKey, given: Partial<ApiKey> = {}): ApiKey => ({
      ...key,
      id: randomUUID(),
      created: later,
      rotatedFrom: key.id,
      ...given,
    });

    it('has no tenant but the operators’ at first', async () => {
      expect(await keys.tenants()).toEqual([]);
      expect([await keys.hasTenant('acme'), await keys.hasTenant('operations')]).toEqual([
        false,
        true,
      ]);
    });

    it('makes a tenant once, and names all of them in order', async () => {
      expect(await keys.createTenant({ name: 'globex', created })).toBe('created');
      expect(await keys.createTenant({ name: 'acme', created: later })).toBe('created');
      expect(await keys.createTenant({ name: 'acme', created })).toBe('exists');
      expect(await keys.tenants()).toEqual([
        { name: 'acme', created: later },
        { name: 'globex', created },
      ]);
      expect(await keys.hasTenant('acme')).toBe(true);
      expect(await keys.hasTenant('acm')).toBe(false);
    });

    it('makes one tenant of ten that are asked for at once', async () => {
      const made = await Promise.all(
        Array.from({ length: 10 }, () => keys.createTenant({ name: 'hooli', created })),
      );
      expect(made.filter((one) => one === 'created')).toHaveLength(1);
    });

    it('has a key as it was made, by its hash and in its tenant’s list', async () => {
      for (const given of [
        {},
        { role: 'clerk', scopes: [], expires: later },
        { scopes: ['payments:read', 'ledger:*'], rotatedFrom: randomUUID() },
      ]) {
        const { tenant, key, hash } = await withKey(given);
        expect(await keys.find(hash)).toEqual(key);
        expect(await keys.list(tenant)).toEqual([key]);
      }
    });

    it('finds nothing by a hash that nobody has', async () => {
      expect(await keys.find(hashApiKey('nobody'))).toBeNull();
    });

    it('makes none for a tenant that is not there', async () => {
      const key = aKey({ id: randomUUID(), tenant: 'nobody' });
      expect(await keys.create(key, hashApiKey('none'))).toBe('no_tenant');
      expect(await keys.find(hashApiKey('none'))).toBeNull();
      expect(await keys.list('nobody')).toEqual([]);
    });

    it('makes keys for the operators, who are always there', async () => {
      const key = aKey({ id: randomUUID(), tenant: 'operations', role: 'operator', scopes: ['*'] });
      expect(await keys.create(key, hashApiKey(key.id))).toBe('created');
      expect(await keys.list('operations')).toEqual([key]);
    });

    it('lists the keys of one tenant alone, oldest first, however many', async () => {
      const { tenant, key } = await withKey({ created: '2026-11-20T08:00:00.500Z' });
      await withKey();
      const more = Array.from({ length: 104 }, (_, ms) =>
        aKey({
          id: randomUUID(),
          tenant,
          created: `2026-11-20T08:00:00.${String(999 - ms).padStart(3, '0')}Z`,
        }),
      );
      for (const one of more) {
        await keys.create(one, hashApiKey(one.id));
      }
      const expected = [key, ...more].sort((a, b) => (a.created < b.created ? -1 : 1));
      expect(await keys.list(tenant)).toEqual(expected);
    });

    it('records a use once in the time that it is told', async () => {
      const { key, hash } = await withKey();
      const use = async (time: string, unlessAfter: string) => {
        await keys.recordUse(hash, { time, unlessAfter });
        return (await keys.find(hash))?.lastUsed;
      };
      const [nine, ten, half] = [
        '2026-11-21T09:00:00.000Z',
        '2026-11-21T10:00:00.000Z',
        '2026-11-21T10:30:00.000Z',
      ];
      expect(await use(nine, '2026-11-21T08:00:00.000Z')).toBe(nine);
      expect(await use(half, '2026-11-21T08:59:59.999Z')).toBe(nine);
      expect(await use(ten, nine)).toBe(ten);
      expect(await keys.find(hash)).toEqual({ ...key, lastUsed: ten });
    });

    it('records one of many uses at once, and none of a key that is not there', async () => {
      const { hash } = await withKey();
      const times = Array.from({ length: 10 }, (_, ms) => `2026-11-21T09:00:00.00${ms}Z`);
      await Promise.all(
        times.map((time) =>
          keys.recordUse(hash, { time, unlessAfter: '2026-11-21T08:00:00.000Z' }),
        ),
      );
      const { lastUsed } = (await keys.find(hash)) ?? {};
      expect(times).toContain(lastUsed);
      await keys.recordUse(hash, { time: later, unlessAfter: '2026-11-21T08:00:00.000Z' });
      expect((await keys.find(hash))?.lastUsed).toBe(lastUsed);
      const nobodys = hashApiKey('nobody');
      await keys.recordUse(nobodys, { time: later, unlessAfter: created });
      expect(await keys.find(nobodys)).toBeNull();
      const { tenant } = await withKey();
      expect(await keys.create(aKey({ id: randomUUID(), tenant }), nobodys)).toBe('created');
    });

    it('rotates a key: both are there, and each names the other', async () => {
      const { tenant, key, hash } = await withKey({ expires: '2027-01-01T00:00:00.000Z' });
      const successor = successorOf(key);
      const expires = '2026-11-22T10:00:00.000Z';
      expect(
        await keys.rotate({ successor, predecessorExpires: expires }, hashApiKey(successor.id)),
      ).toBe('rotated');
      const old = { ...key, rotatedTo: successor.id, expires };
      expect(await keys.find(hash)).toEqual(old);
      expect(await keys.find(hashApiKey(successor.id))).toEqual(successor);
      expect(await keys.list(tenant)).toEqual([old, successor]);
    });

    it('rotates a key once, however many ask at once', async () => {
      const { tenant, key } = await withKey();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => {
          const successor = successorOf(key);
          return keys.rotate({ successor, predecessorExpires: later }, hashApiKey(successor.id));
        }),
      );
      expect(answers.filter((answer) => answer === 'rotated')).toHaveLength(1);
      const [old, ...successors] = await keys.list(tenant);
      expect(successors.map(({ id }) => id)).toEqual([old?.rotatedTo]);
    });

    it('rotates none that was revoked since it was read, or that is another tenant’s', async () => {
      const { tenant, key } = await withKey();
      const { tenant: other } = await withKey();
      const rotate = (successor: ApiKey) =>
        keys.rotate({ successor, predecessorExpires: later }, hashApiKey(successor.id));
      expect(await rotate(successorOf(key, { tenant: other }))).toBe('changed');
      expect(await rotate(successorOf(key, { rotatedFrom: randomUUID() }))).toBe('changed');
      await keys.revoke({ tenant, id: key.id, time: later });
      expect(await rotate(successorOf(key))).toBe('changed');
      expect((await keys.list(tenant)).map(({ id }) => id)).toEqual([key.id]);
    });

    it('revokes a key once: the first time stands', async () => {
      const { tenant, key, hash } = await withKey();
      const revoked = { ...key, revoked: later };
      expect(await keys.revoke({ tenant, id: key.id, time: later })).toEqual(revoked);
      expect(await keys.revoke({ tenant, id: key.id, time: '2026-12-01T00:00:00.000Z' })).toEqual(
        revoked,
      );
      expect(await keys.find(hash)).toEqual(revoked);
    });

    it('revokes no key of another tenant, and none that is not there', async () => {
      const { key, hash } = await withKey();
      const { tenant: other } = await withKey();
      expect(await keys.revoke({ tenant: other, id: key.id, time: later })).toBeNull();
      expect(await keys.revoke({ tenant: other, id: randomUUID(), time: later })).toBeNull();
      expect(await keys.find(hash)).toEqual(key);
    });
  });
}
