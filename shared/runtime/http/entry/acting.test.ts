import { describe, expect, it } from 'vitest';
import { accessBy, aPrincipal } from '../../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../../test/support/api/api-event.ts';
import type { Decide } from '../../../ports/access/access.ts';
import { httpHandler } from '../handler.ts';

/** Asks as somebody, and names a tenant; with what the policies were asked, and whose was read. */
async function ask(as: string, named: string | readonly string[], method: 'GET' | 'POST' = 'GET') {
  const questions: Parameters<Decide>[0][] = [];
  const read: string[] = [];
  const handler = httpHandler(
    { method, access: { scope: 'payments:read', action: 'payments:read' } },
    {
      ...accessBy(async () => null),
      authenticate: async () => aPrincipal(as),
      policies: async () => (question) => {
        questions.push(question);
        return { effect: 'permit', policies: [], errors: [] };
      },
    },
    async ({ tenant }) => {
      read.push(tenant);
      return { status: 200, body: {} };
    },
  );
  const event = apiEvent({ method, headers: { 'paysaga-tenant': named }, body: null });
  return { ...(await invoke(handler, event)), questions, read };
}

describe('a tenant that a request names', () => {
  it('is whose data an operator reads, and whose the policies are asked about', async () => {
    const { status, questions, read } = await ask('operations', 'acme');
    expect([status, read]).toEqual([200, ['acme']]);
    expect(questions).toMatchObject([
      { principal: { tenant: 'operations', role: 'operator' }, resource: { tenant: 'acme' } },
    ]);
  });

  it('changes nothing when it is the caller’s own', async () => {
    expect((await ask('acme', 'acme')).read).toEqual(['acme']);
    expect((await ask('acme', 'acme', 'POST')).read).toEqual(['acme']);
  });

  it('is refused to a merchant, whoever it is, and nothing is read', async () => {
    for (const named of ['globex', 'operations', 'no-such-tenant']) {
      const { status, json, questions, read } = await ask('acme', named);
      expect([status, json.code, read, questions]).toEqual([403, 'forbidden', [], []]);
    }
  });

  it.each([
    ['no name of a tenant', 'Acme Inc.', 'GET', 'must be the name of one tenant'],
    ['two of them', ['acme', 'globex'], 'GET', 'must be the name of one tenant'],
    ['its own, twice', ['operations', 'operations'], 'GET', 'must be the name of one tenant'],
    ['one, to change something', 'acme', 'POST', 'is for reads alone'],
  ] as const)('is refused with %s', async (_, named, method, message) => {
    const { status, json, read } = await ask('operations', named, method);
    expect([status, json.code, read]).toEqual([400, 'invalid_request', []]);
    expect(json.errors).toEqual([{ path: 'Paysaga-Tenant', message }]);
  });
});
