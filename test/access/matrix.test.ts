import { beforeAll, describe, expect, it } from 'vitest';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { scopes } from '../../shared/domain/access/scopes.ts';
import { operationsTenant } from '../../shared/domain/settlement/break.ts';
import type { ApiAnswer } from '../support/api/api-event.ts';
import type { Ids } from './bodies.ts';
import { type Expected, exceptions, expectedOf, type Whose } from './table.ts';
import {
  type AnyEndpoint,
  callers,
  matrixWorld,
  merchants,
  missingIds,
  parametersOf,
} from './world.ts';

type World = Awaited<ReturnType<typeof matrixWorld>>;

const all: readonly AnyEndpoint[] = Object.values(endpoints);
const guarded = all.filter(({ access }) => access !== null);
const kinds = [...new Set(scopes.map((scope) => `${scope.split(':')[0]}:*`))];

/** Each scope by itself, each kind, all of them, none, and what is none. */
const grantSets = [
  ...[...scopes, ...kinds, '*', 'payments:everything', ':*'].map((one) => [one]),
  [],
];

let shared: World;
beforeAll(async () => {
  shared = await matrixWorld();
});

/** Whose resources an endpoint can be asked for by a tenant, and their ids. */
function resourcesOf(
  { idsOf }: World,
  endpoint: AnyEndpoint,
  tenant: string,
): { readonly whose: Whose; readonly ids: Ids }[] {
  if (parametersOf(endpoint.path).length === 0) {
    return [{ whose: 'none', ids: {} }];
  }
  const own = idsOf(tenant, endpoint);
  const others = merchants.filter((other) => other !== tenant);
  return [
    ...(own ? [{ whose: 'own', ids: own } as const] : []),
    ...others.map((other) => ({ whose: 'foreign', ids: idsOf(other, endpoint) ?? {} }) as const),
    { whose: 'missing', ids: missingIds(endpoint.path) },
  ];
}

function cameTo({ answers }: AnyEndpoint, { status, json }: ApiAnswer): Expected | string {
  if (String(status) in answers) {
    return 'allowed';
  }
  if (status === 403) {
    return json.detail.startsWith('The key has not the scope ') ? 'no_scope' : 'no_policy';
  }
  return status === 404 && json.code === 'not_found' ? 'not_found' : `${status} ${json?.detail}`;
}

/** Asks for everything with every set of grants, and says what came to something else than it should. */
async function differences(endpoint: AnyEndpoint, tenant: string): Promise<string[]> {
  const different: string[] = [];
  for (const grants of grantSets) {
    const list = resourcesOf(shared, endpoint, tenant);
    for (const index of list.keys()) {
      const { whose } = list[index] as (typeof list)[number];
      const expected = expectedOf(endpoint, { tenant, grants }, whose);
      // What changes something does so in a world of its own, where nothing has changed yet.
      const isChange = expected === 'allowed' && endpoint.method !== 'GET';
      const world = isChange ? await matrixWorld() : shared;
      const { ids } = resourcesOf(world, endpoint, tenant)[index] as (typeof list)[number];
      const key = await world.keyOf(tenant, grants);
      world.calls.length = 0;
      const came = cameTo(endpoint, await world.call(endpoint, key, ids));
      if (came !== expected) {
        different.push(`${grants} ${whose}: ${came}, not ${expected}`);
      }
      if (expected.startsWith('no_') && world.calls.length > 0) {
        different.push(`${grants} ${whose}: it had read ${world.calls}`);
      }
    }
  }
  return different;
}

describe('the matrix', () => {
  it('has every endpoint in it but two, which anybody may call', () => {
    const open = all.filter(({ access }) => access === null);
    expect(open.map(({ name }) => name)).toEqual(['getHealth', 'takeProviderWebhook']);
    const names = all.map(({ name }) => name);
    expect(exceptions.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has something of each merchant for every endpoint that is about something', () => {
    for (const endpoint of guarded.filter(({ path }) => parametersOf(path).length > 0)) {
      for (const tenant of merchants) {
        const ids = shared.idsOf(tenant, endpoint);
        expect(Object.keys(ids ?? {}).sort(), endpoint.name).toEqual(
          parametersOf(endpoint.path).sort(),
        );
      }
    }
  });
});

describe.each(guarded.map((endpoint) => [endpoint.name, endpoint] as const))(
  'who may call %s',
  (_, endpoint) => {
    it.each(callers)('is as the table says when %s does, whatever its key may', async (tenant) => {
      expect(await differences(endpoint, tenant)).toEqual([]);
    });
  },
);

describe('what is somebody else’s', () => {
  const about = guarded.filter(({ path }) => parametersOf(path).length > 0);

  it.each(about.map((endpoint) => [endpoint.name, endpoint] as const))(
    'is for %s, to the letter and in what is read, what nobody has',
    async (_, endpoint) => {
      const { call, calls, keyOf } = shared;
      for (const tenant of merchants) {
        const key = await keyOf(tenant, ['*']);
        const ask = async (ids: Ids) => {
          calls.length = 0;
          const answer = await call(endpoint, key, ids);
          return { answer, calls: [...calls] };
        };
        const ofNobody = await ask(missingIds(endpoint.path));
        expect(ofNobody.answer.status).toBeGreaterThanOrEqual(403);
        for (const other of merchants.filter((one) => one !== tenant)) {
          expect(await ask(shared.idsOf(other, endpoint) ?? {})).toEqual(ofNobody);
        }
      }
    },
  );

  const nested = about.filter(({ path }) => parametersOf(path).length > 1);

  it.each(nested.map((endpoint) => [endpoint.name, endpoint] as const))(
    'is for %s not to be had through something of one’s own either',
    async (_, endpoint) => {
      const { call, keyOf, idsOf } = shared;
      const [, child = ''] = parametersOf(endpoint.path);
      for (const tenant of merchants) {
        const key = await keyOf(tenant, ['*']);
        const own = idsOf(tenant, endpoint) ?? {};
        const pick = (ids: Ids): Ids => ({ ...own, [child]: ids[child] ?? '' });
        const ofNobody = await call(endpoint, key, pick(missingIds(endpoint.path)));
        expect(ofNobody.status).toBe(404);
        for (const other of merchants.filter((one) => one !== tenant)) {
          const theirs = idsOf(other, endpoint) ?? {};
          expect(await call(endpoint, key, pick(theirs))).toEqual(ofNobody);
        }
      }
    },
  );

  const lists = guarded.filter(
    ({ method, path }) => method === 'GET' && parametersOf(path).length === 0,
  );

  it.each(lists.map((endpoint) => [endpoint.name, endpoint] as const))(
    'is not in %s, nor anything of it',
    async (_, endpoint) => {
      const { call, keyOf, idsOf } = shared;
      const idsOfAll = (tenant: string) =>
        new Set(about.flatMap((one) => Object.values(idsOf(tenant, one) ?? {})));
      for (const tenant of merchants) {
        const { text } = await call(endpoint, await keyOf(tenant, ['*']));
        for (const other of merchants.filter((one) => one !== tenant)) {
          expect([...idsOfAll(other)].filter((id) => text.includes(id))).toEqual([]);
        }
      }
    },
  );

  it('is in the lists of who operates the stage where it waits for a person', async () => {
    const { call, keyOf, idsOf } = shared;
    const key = await keyOf(operationsTenant, ['*']);
    for (const [list, get] of [
      [endpoints.listBreaks, endpoints.getBreak],
      [endpoints.listParked, endpoints.resolveParked],
    ] as const) {
      const { text } = await call(list, key);
      for (const tenant of merchants) {
        const [id = ''] = Object.values(idsOf(tenant, get) ?? {});
        expect(text).toContain(id);
      }
    }
  });
});

describe('a tenant that a read names', () => {
  const reads = guarded.filter(({ method }) => method === 'GET');
  const cases = reads.map((endpoint) => [endpoint.name, endpoint] as const);

  it.each(cases)('is refused to a merchant by %s, and nothing is read', async (_, endpoint) => {
    const { call, calls, keyOf, idsOf } = shared;
    for (const tenant of merchants) {
      const key = await keyOf(tenant, ['*']);
      for (const other of [...merchants, operationsTenant].filter((one) => one !== tenant)) {
        calls.length = 0;
        const { status, json } = await call(endpoint, key, idsOf(other, endpoint), other);
        expect([status, json.code, [...calls]]).toEqual([403, 'forbidden', []]);
      }
    }
  });

  it.each(cases)('is whose an operator reads by %s, as the table says', async (_, endpoint) => {
    const { call, calls, keyOf, idsOf } = shared;
    const key = await keyOf(operationsTenant, ['*']);
    for (const tenant of merchants) {
      const asked = { tenant: operationsTenant, grants: ['*'] };
      calls.length = 0;
      const answer = await call(endpoint, key, idsOf(tenant, endpoint), tenant);
      const expected = expectedOf(endpoint, asked, 'own');
      expect(cameTo(endpoint, answer)).toBe(expected);
      expect(expected === 'no_policy' ? calls : []).toEqual([]);
    }
  });

  // A dead letter is the stage's, whoever is named: a range of a stream is of many.
  const ofTenants = cases.filter(([, { path }]) => {
    const parameters = parametersOf(path);
    return parameters.length > 0 && !parameters.includes('letter_id');
  });

  it.each(ofTenants)(
    'lets an operator have nothing of others by %s, nor what is not there',
    async (_, endpoint) => {
      const { call, keyOf, idsOf } = shared;
      const key = await keyOf(operationsTenant, ['*']);
      const [tenant = '', other = ''] = merchants;
      const ofNobody = await call(endpoint, key, missingIds(endpoint.path), tenant);
      expect([403, 404]).toContain(ofNobody.status);
      expect(await call(endpoint, key, idsOf(other, endpoint), tenant)).toEqual(ofNobody);
    },
  );
});
