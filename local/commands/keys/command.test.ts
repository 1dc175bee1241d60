import { describe, expect, it } from 'vitest';
import { merchantGrants } from '../../../shared/domain/access/key.ts';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';
import { keyCommands, withTenant } from '../../../test/support/key-commands.ts';

const hourMs = 3_600_000;
const why = ['--reason', 'seen in a log of theirs'];

describe('keys create', () => {
  it('prints a key, once, that is the tenant’s, and keeps its hash alone', async () => {
    const { run, store } = await withTenant();
    const { lines, notes } = await run('create --tenant acme');
    const [key = ''] = lines;
    expect(lines).toEqual([expect.stringMatching(/^paysaga_dev_[\w-]{43}$/)]);
    expect(notes.join()).toContain('shown once');
    expect(notes.join()).not.toContain(key);
    const stored = await store.find(hashApiKey(key));
    expect(stored).toMatchObject({
      tenant: 'acme',
      role: 'merchant',
      scopes: merchantGrants,
      created: '2026-11-21T10:00:00.000Z',
      expires: null,
    });
    expect(JSON.stringify(stored)).not.toContain(key);
  });

  it('makes an operator’s, for whom no tenant has to be made', async () => {
    const { json, store } = keyCommands();
    const { key, id } = await json('create --operator');
    expect(await store.find(hashApiKey(key))).toMatchObject({
      id,
      tenant: 'operations',
      role: 'operator',
      scopes: ['*'],
    });
  });

  it('makes another key each time, good until it expires', async () => {
    const { json, clock, isTaken } = await withTenant();
    const first = await json('create --tenant acme --expires 12h');
    const second = await json('create --tenant acme --scopes payments:read');
    expect(first).toMatchObject({ expires: '2026-11-21T22:00:00.000Z', status: 'active' });
    expect(second).toMatchObject({ expires: null, scopes: ['payments:read'] });
    expect(second.key).not.toBe(first.key);
    clock.ms += 12 * hourMs;
    expect([await isTaken(first.key), await isTaken(second.key)]).toEqual([false, true]);
  });

  it('is on record before the key is there: who, for whom and what, and nothing of the key', async () => {
    const { run, json, acts, done } = await withTenant();
    const { key, id } = await json('create --tenant acme --scopes payments:*,ledger:read');
    expect(done).toEqual(['key.create', 'create']);
    const [act] = await acts();
    expect(act).toMatchObject({
      action: 'key.create',
      by: 'me',
      subject: id,
      details: {
        tenant: 'acme',
        role: 'merchant',
        scopes: 'payments:* ledger:read',
        expires: 'never',
      },
    });
    expect(JSON.stringify(act)).not.toContain(key);
    expect(JSON.stringify(act)).not.toContain(hashApiKey(key));
    await run('create --tenant acme --by ada --reason onboarding');
    expect((await acts())[0]).toMatchObject({ by: 'ada', reason: 'onboarding' });
  });

  it('is refused for a tenant that is not there, and says how to make it', async () => {
    const { run, done } = keyCommands();
    await expect(run('create --tenant acme')).rejects.toThrow(
      'there is no tenant acme; npm run keys -- tenants create acme --stage dev makes it',
    );
    expect(done).toEqual([]);
  });

  it('makes nothing when it cannot be put on record', async () => {
    const { deps, run, store } = await withTenant();
    deps.log = async () => {
      throw new Error('the log is away');
    };
    await expect(run('create --tenant acme')).rejects.toThrow('the log is away');
    await expect(run('tenants create globex')).rejects.toThrow('the log is away');
    expect([await store.list('acme'), await store.hasTenant('globex')]).toEqual([[], false]);
  });
});

describe('keys list', () => {
  it('says of each key what it is, and has neither a key nor a hash in it', async () => {
    const { run, json, store, clock } = await withTenant();
    const { key, id } = await json('create --tenant acme --expires 90d');
    await json('create --operator');
    await store.recordUse(hashApiKey(key), {
      time: '2026-11-21T10:20:00.000Z',
      unlessAfter: '2026-11-21T09:20:00.000Z',
    });
    const all = await json('list');
    expect(all.keys.map(({ tenant }: { tenant: string }) => tenant)).toEqual([
      'acme',
      'operations',
    ]);
    expect(all.keys[0]).toEqual({
      id,
      tenant: 'acme',
      status: 'active',
      role: 'merchant',
      scopes: merchantGrants,
      created: '2026-11-21T10:00:00.000Z',
      expires: '2027-02-19T10:00:00.000Z',
      revoked: null,
      rotated_to: null,
      rotated_from: null,
      last_used: '2026-11-21T10:20:00.000Z',
    });
    clock.ms += 100 * 24 * hourMs;
    const { lines } = await run('list --tenant acme');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(new RegExp(`^${id} +acme +expired +merchant +2026.*2026-11-21T10h`));
    const said = [JSON.stringify(all), ...lines].join('\n');
    expect(said).not.toContain(key);
    expect(said).not.toContain(hashApiKey(key));
  });

  it('says that there are none', async () => {
    expect((await keyCommands().run('list')).lines).toEqual(['There are no keys.']);
  });
});

describe('keys rotate', () => {
  it('prints a new key, and both are taken until the grace period ends', async () => {
    const { run, json, clock, isTaken, acts, done } = await withTenant();
    const old = await json('create --tenant acme --scopes payments:read');
    done.length = 0;
    const { lines, notes } = await run(`rotate ${old.id} --tenant acme`);
    const [key = ''] = lines;
    expect(key).toMatch(/^paysaga_dev_[\w-]{43}$/);
    expect(notes).toContain(`The key ${old.id} is valid until 2026-11-22T10:00:00.000Z.`);
    expect(done).toEqual(['key.rotate', 'rotate']);
    const successor = (await json('list')).keys.find(({ id }: { id: string }) => id !== old.id);
    expect(successor).toMatchObject({ rotated_from: old.id, scopes: ['payments:read'] });
    expect((await acts())[0]).toMatchObject({
      action: 'key.rotate',
      subject: old.id,
      details: { tenant: 'acme', to: successor.id, valid_until: '2026-11-22T10:00:00.000Z' },
    });
    expect(JSON.stringify(await acts())).not.toContain(key);
    clock.ms += 24 * hourMs - 1;
    expect([await isTaken(old.key), await isTaken(key)]).toEqual([true, true]);
    clock.ms += 1;
    expect([await isTaken(old.key), await isTaken(key)]).toEqual([false, true]);
  });

  it('without a grace period ends the old one at once', async () => {
    const { json, isTaken } = await withTenant();
    const old = await json('create --tenant acme');
    const { key, old_expires } = await json(`rotate ${old.id} --tenant acme --grace 0`);
    expect(old_expires).toBe('2026-11-21T10:00:00.000Z');
    expect([await isTaken(old.key), await isTaken(key)]).toEqual([false, true]);
  });

  it('is refused while two of the line are valid, and says what to do', async () => {
    const { run, json, clock, done } = await withTenant();
    const first = await json('create --tenant acme');
    const second = await json(`rotate ${first.id} --tenant acme`);
    done.length = 0;
    await expect(run(`rotate ${first.id} --tenant acme`)).rejects.toThrow(
      `the key was rotated: ${second.id} came after it`,
    );
    await expect(run(`rotate ${second.id} --tenant acme`)).rejects.toThrow(
      `the key before it, ${first.id}, is valid until 2026-11-22T10:00:00.000Z`,
    );
    expect(done).toEqual([]);
    await run(`revoke ${first.id} --tenant acme`, ...why);
    const third = await json(`rotate ${second.id} --tenant acme`);
    clock.ms += 24 * hourMs;
    await expect(run(`rotate ${second.id} --tenant acme`)).rejects.toThrow('the key is expired');
    expect(await json(`rotate ${third.id} --tenant acme`)).toHaveProperty('key');
  });

  it('knows no key by its id alone: it has to be the tenant’s', async () => {
    const { run, json, done } = await withTenant();
    const { id } = await json('create --tenant acme');
    done.length = 0;
    await expect(run(`rotate ${id} --operator`)).rejects.toThrow(`operations has no key ${id}`);
    await expect(run(`revoke ${id} --operator`, ...why)).rejects.toThrow('has no key');
    expect(done).toEqual([]);
  });

  it('says so when somebody changed the key in the same moment', async () => {
    const { deps, run, json, isTaken, store } = await withTenant();
    const { id, key } = await json('create --tenant acme');
    const log = deps.log;
    deps.log = async (act) => {
      const recorded = await log(act);
      await store.revoke({ tenant: 'acme', id, time: '2026-11-21T10:00:00.000Z' });
      return recorded;
    };
    await expect(run(`rotate ${id} --tenant acme`)).rejects.toThrow('nothing was done');
    expect(await isTaken(key)).toBe(false);
    expect(await store.list('acme')).toHaveLength(1);
  });
});

describe('keys revoke', () => {
  it('ends a key, with its reason on record first', async () => {
    const { run, json, isTaken, acts, done } = await withTenant();
    const { id, key } = await json('create --tenant acme');
    done.length = 0;
    const { lines } = await run(`revoke ${id} --tenant acme`, ...why);
    expect(lines.join()).toContain('within a minute');
    expect(await isTaken(key)).toBe(false);
    expect(done).toEqual(['key.revoke', 'revoke']);
    expect((await acts())[0]).toMatchObject({
      action: 'key.revoke',
      subject: id,
      reason: 'seen in a log of theirs',
      details: { tenant: 'acme' },
    });
    expect((await json('list')).keys[0]).toMatchObject({ status: 'revoked' });
  });

  it('of a key that was revoked says when, and does nothing', async () => {
    const { run, json, done, clock } = await withTenant();
    const { id } = await json('create --tenant acme');
    await run(`revoke ${id} --tenant acme`, ...why);
    done.length = 0;
    clock.ms += hourMs;
    expect((await run(`revoke ${id} --tenant acme`, ...why)).lines).toEqual([
      `The key ${id} was revoked at 2026-11-21T10:00:00.000Z.`,
    ]);
    expect(done).toEqual([]);
  });

  it('of a key that was rotated names the one after it, which stays', async () => {
    const { run, json, isTaken } = await withTenant();
    const old = await json('create --tenant acme');
    const next = await json(`rotate ${old.id} --tenant acme`);
    const { lines } = await run(`revoke ${old.id} --tenant acme`, ...why);
    expect(lines).toContain(`The key that came after it, ${next.id}, is not.`);
    expect([await isTaken(old.key), await isTaken(next.key)]).toEqual([false, true]);
  });
});

describe('keys tenants', () => {
  it('makes one, on record first, and lists them', async () => {
    const { run, json, acts, done } = keyCommands();
    expect((await run('tenants list')).lines).toEqual(['There are no tenants.']);
    expect((await run('tenants create globex')).lines).toEqual(['There is a tenant globex now.']);
    expect(done).toEqual(['tenant.create', 'createTenant']);
    expect((await acts())[0]).toMatchObject({ action: 'tenant.create', subject: 'globex' });
    await run('tenants create acme');
    expect((await json('tenants list')).tenants).toEqual([
      { name: 'acme', created: '2026-11-21T10:00:00.000Z' },
      { name: 'globex', created: '2026-11-21T10:00:00.000Z' },
    ]);
    expect((await run('tenants list')).lines).toHaveLength(3);
  });

  it('makes none twice', async () => {
    const { run, done } = await withTenant();
    await expect(run('tenants create acme')).rejects.toThrow('there is a tenant acme already');
    expect(done).toEqual([]);
  });
});
