import { describe, expect, it } from 'vitest';
import builtIn from '../../../policies/default.json' with { type: 'json' };
import { memoryPolicies } from '../../../shared/adapters/memory/access/policy-set.ts';
import { memoryOperatorLog } from '../../../shared/adapters/memory/operator-log.ts';
import type { Policy } from '../../../shared/runtime/access/policy/engine/set.ts';
import { parsePolicySet } from '../../../shared/runtime/access/policy/engine/set.ts';
import { aPrincipal } from '../../../test/support/api/access.ts';
import { deny, permit } from '../../../test/support/policies.ts';
import { requestOf } from '../../program/program.ts';
import { answer, type PolicyDependencies } from './command.ts';
import { policy } from './group.ts';

const parsePolicy = (args: readonly string[], user: string) =>
  requestOf(policy, args, { user, nowMs: Date.parse('2026-01-05T12:00:00.000Z') });

const own = permit('own', 'resource.tenant == principal.tenant');
const large = (limit: number) =>
  deny('large', `has(resource.amount) && resource.amount > ${limit}`, ['refunds:create']);

const casesOf = (policies: readonly Policy[]) => ({
  principals: { acme: aPrincipal('acme') },
  cases: policies.map(({ id, effect }) => ({
    name: id,
    principal: 'acme',
    action: 'refunds:create',
    resource: effect === 'deny' ? { amount: 10 ** 12 } : {},
    effect,
    policies: [id],
  })),
});

/** A stage, and files on a disk. */
function stage(first: readonly Policy[] = [own, large(100)]) {
  const files = new Map<string, string>();
  const log = memoryOperatorLog();
  const store = memoryPolicies();
  let acts = 0;
  const deps: PolicyDependencies = {
    store,
    builtIn: parsePolicySet(JSON.stringify(builtIn)),
    log: log.append,
    now: () => '2026-01-05T12:00:00.000Z',
    newId: () => `act-${++acts}`,
    read: async (file) => files.get(file) ?? '',
  };
  const write = (policies: readonly Policy[], cases: unknown = casesOf(policies)) => {
    files.set('policies/default.json', JSON.stringify({ policies }));
    files.set('policies/default.cases.json', JSON.stringify(cases));
  };
  write(first);
  const run = (...args: readonly string[]) => answer(deps, parsePolicy(args, 'ann'));
  return {
    deps,
    store,
    write,
    run,
    ask: (amount: number, ...more: readonly string[]) =>
      run(
        ...['check', '--principal', 'tenant=acme', '--action', 'refunds:create'],
        ...['--resource', `amount=${amount}`, ...more],
      ),
    publish: (...more: readonly string[]) =>
      run('publish', '--reason', 'as the board wants', ...more),
    acts: async () => (await log.list({ limit: 100, after: null })).items,
  };
}

describe('policy check', () => {
  it('says what a file decides, by which policies, and ends with 0 or 3', async () => {
    const { ask } = stage();
    expect(await ask(100)).toEqual({
      code: 0,
      lines: [
        'permit  refunds:create by key:what-if (merchant of acme), by policies/default.json',
        '  own: of a test',
      ],
    });
    expect(await ask(101)).toEqual({
      code: 3,
      lines: [expect.stringMatching(/^deny {2}refunds:create /), '  large: of a test'],
    });
    const { code, lines } = await ask(101, '--json');
    expect(code).toBe(3);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      effect: 'deny',
      policies: ['large'],
      errors: [],
      set: 'policies/default.json',
    });
  });

  it('says so when nothing permits it, and when a policy could not be evaluated', async () => {
    const { run } = stage();
    const ask = (resource: string) =>
      run(
        ...['check', '--principal', 'tenant=acme', '--action', 'refunds:create'],
        ...['--resource', resource],
      );
    expect((await ask('tenant=globex')).lines[1]).toBe('  no policy permits it');
    expect(await ask('amount=much')).toMatchObject({
      code: 3,
      lines: [
        expect.anything(),
        '  large: of a test',
        '  could not be evaluated: large: no such overload at `resource.amount > 100`',
      ],
    });
  });

  it('asks the set that is live, whatever the file says by now', async () => {
    const { ask, publish, write } = stage();
    await expect(ask(101, '--published')).rejects.toThrow('nothing was published');
    await publish('--yes');
    write([own, large(1_000)]);
    expect((await ask(101)).code).toBe(0);
    expect(await ask(101, '--published')).toMatchObject({
      code: 3,
      lines: [expect.stringContaining('by version 1'), expect.anything()],
    });
  });
});

describe('policy test', () => {
  it('passes the set that the code comes with', async () => {
    const { readFile } = await import('node:fs/promises');
    const { deps } = stage();
    const read = (file: string) => readFile(file, 'utf8');
    expect(await answer({ ...deps, read }, parsePolicy(['test'], 'ann'))).toEqual({
      code: 0,
      lines: [`${builtIn.policies.length} policies, and they do what their tests say.`],
    });
  });

  it('names each failure', async () => {
    const { run, write } = stage();
    write([own, large(100)], casesOf([own]));
    expect(await run('test')).toEqual({
      code: 1,
      lines: ['The policies are refused:', '  large: no case is decided by it'],
    });
    expect(await run('test', '--json')).toEqual({
      code: 1,
      lines: [JSON.stringify({ problems: ['large: no case is decided by it'] })],
    });
  });
});

describe('policy publish', () => {
  it('says what it would change, and changes nothing without --yes', async () => {
    const { publish, store, acts, write } = stage();
    expect(await publish()).toMatchObject({ code: 0, lines: { length: 4 } });
    expect(await store.active()).toBeNull();
    await publish('--yes');
    write([large(50), permit('more', 'resource.tenant == principal.tenant')]);
    const { code, lines } = await publish();
    expect(code).toBe(0);
    expect(lines).toEqual([
      'The set passed its review. It would take the place of version 1:',
      '  added: more',
      '  removed: own',
      '  changed: large',
      'With --yes it is published.',
    ]);
    expect((await store.active())?.version).toBe(1);
    expect(await acts()).toHaveLength(1);
  });

  it('makes a set live under the next version, and says on record who and why', async () => {
    const { publish, store, acts, write } = stage();
    await publish('--yes', '--by', 'bob');
    write([own, large(50)]);
    expect(await publish('--yes')).toEqual({
      code: 0,
      lines: ['Version 2 is live; every process has it within a minute.', '  changed: large'],
    });
    expect(await store.active()).toMatchObject({
      version: 2,
      by: 'ann',
      reason: 'as the board wants',
      text: JSON.stringify({ policies: [own, large(50)] }),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await store.version(1)).toMatchObject({ by: 'bob' });
    expect((await acts()).find(({ subject }) => subject === 'policies 2')).toMatchObject({
      by: 'ann',
      action: 'policy.publish',
      reason: 'as the board wants',
      details: { changed: 'large', added: '', removed: '' },
    });
  });

  it('does not publish again what is live', async () => {
    const { publish, store, acts } = stage();
    await publish('--yes');
    expect((await publish('--yes')).lines).toEqual(['This set is live already: version 1.']);
    expect((await store.active())?.version).toBe(1);
    expect(await acts()).toHaveLength(1);
  });

  it.each([
    ['does not parse', [own, deny('large', 'resource.amount >')]],
    ['names what there is not', [own, deny('large', 'has(resource.amout) && resource.amout > 5')]],
    ['is about no action', [own, deny('large', 'true', ['refund:create'])]],
    ['fails a test of its own', [own, large(10 ** 13)]],
  ] as const)('refuses a set that %s, and leaves the one that is live', async (_, policies) => {
    const { publish, store, acts, write } = stage();
    await publish('--yes');
    write(policies);
    const { code, lines } = await publish('--yes');
    expect(code).toBe(1);
    expect(lines).toEqual(['The policies are refused:', expect.stringMatching(/^ {2}large: /)]);
    expect((await store.active())?.version).toBe(1);
    expect(await acts()).toHaveLength(1);
  });

  it('puts the act on record before it has an effect', async () => {
    const { deps, run, store } = stage();
    const failing = {
      ...deps,
      log: async () => {
        throw new Error('the log is away');
      },
    };
    const command = parsePolicy(['publish', '--reason', 'as the board wants', '--yes'], 'ann');
    await expect(answer(failing, command)).rejects.toThrow('the log is away');
    expect(await store.active()).toBeNull();
    expect((await run('show')).lines[0]).toContain('Nothing was published');
  });

  it('does not go over a set that somebody published in between', async () => {
    const { deps, publish, store } = stage();
    await publish('--yes');
    const first = await store.active();
    const late = { ...deps, store: { ...store, active: async () => null } };
    const command = parsePolicy(['publish', '--reason', 'as the board wants', '--yes'], 'bob');
    await expect(answer(late, command)).rejects.toThrow('somebody else published');
    expect(await store.active()).toEqual(first);
  });
});

describe('policy show', () => {
  it('has what is live, and what was', async () => {
    const { run, publish, write } = stage();
    expect((await run('show')).lines).toEqual([expect.stringContaining('built-in set')]);
    await publish('--yes');
    write([own, large(50)]);
    await publish('--yes');
    expect((await run('show')).lines[0]).toMatch(/^version 2, published .* by ann: as the board/);
    expect((await run('show')).lines).toContain('  has(resource.amount) && resource.amount > 50');
    expect((await run('show', '--version', '1')).lines).toContain(
      '  has(resource.amount) && resource.amount > 100',
    );
    expect(JSON.parse((await run('show', '--json')).lines[0] ?? '')).toMatchObject({ version: 2 });
    await expect(run('show', '--version', '3')).rejects.toThrow('There is no version 3.');
  });
});
