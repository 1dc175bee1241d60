import { describe, expect, it } from 'vitest';
import { capture, memoryApi } from '../../../test/support/api/memory-api.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';

describe('GET /payments/{payment_id}', () => {
  it('answers the payment as it is now, with its version as its ETag', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    expect((await api.get(json.id)).headers).toMatchObject({ ETag: '"1"' });
    await capture(api, json.id);
    const answer = await api.get(json.id);
    expect([answer.status, answer.headers.ETag]).toEqual([200, '"3"']);
    expect(answer.json).toMatchObject({ id: json.id, status: 'captured', version: 3 });
    expect(answer.text).toBe(JSON.stringify(api.store.allEvents.at(-1)?.data.payment));
  });

  it('answers 304 without a body to who has this version, and only then', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    const conditional = (etag: string) => api.get(json.id, { headers: { 'If-None-Match': etag } });
    const unchanged = await conditional('"1"');
    expect([unchanged.status, unchanged.text, unchanged.headers.ETag]).toEqual([304, '', '"1"']);
    for (const other of ['"0"', '"2"', '1', '"10"']) {
      expect((await conditional(other)).status).toBe(200);
    }
    await capture(api, json.id);
    expect((await conditional('"1"')).status).toBe(200);
  });

  it('does not say the version of a stranger’s payment', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    const answer = await api.get(json.id, {
      headers: { Authorization: 'Bearer key-of-globex', 'If-None-Match': '"1"' },
    });
    expect(answer.status).toBe(404);
    expect(answer.headers).not.toHaveProperty('ETag');
  });
});

describe('GET /payments/{payment_id}?at_version', () => {
  const at = (version: string) => ({ query: { at_version: [version] } });

  it('answers the payment as its event of that number left it, byte for byte, with its ETag', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    const before = await api.get(json.id);
    await capture(api, json.id);
    for (const [index, { data }] of api.store.allEvents.entries()) {
      const answer = await api.get(json.id, at(String(index + 1)));
      expect([answer.status, answer.headers.ETag]).toEqual([200, `"${index + 1}"`]);
      expect(answer.text).toBe(JSON.stringify(data.payment));
    }
    expect((await api.get(json.id, at('1'))).text).toBe(before.text);
    expect((await api.get(json.id, at('3'))).text).toBe((await api.get(json.id)).text);
  });

  it('answers 304 to who has that version', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    await capture(api, json.id);
    const read = (etag: string) =>
      api.get(json.id, { ...at('2'), headers: { 'If-None-Match': etag } });
    expect([(await read('"2"')).status, (await read('"3"')).status]).toEqual([304, 200]);
  });

  it('says how far it has come when it has not come so far', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    const answer = await api.get(json.id, at('2'));
    expect(answer).toMatchObject({
      status: 409,
      json: { code: 'version_not_reached', version: 1 },
    });
    expect(answer.headers).not.toHaveProperty('Retry-After');
  });

  it.each(['at_version', 'min_version'])(
    'does not say by %s how far a stranger’s payment has come',
    async (name) => {
      const api = memoryApi();
      const { json } = await api.pay();
      for (const version of ['1', '2']) {
        const query = { [name]: [version] };
        const foreign = await api.get(json.id, { query }, 'globex');
        const nobodys = await api.get('01900000-0000-8000-8000-000000000000', { query });
        expect([foreign.status, foreign.text]).toEqual([404, nobodys.text]);
      }
    },
  );
});

describe('GET /payments/{payment_id}?min_version', () => {
  const least = (version: string) => ({ query: { min_version: [version] } });

  it('answers the present payment when it has come so far', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    await capture(api, json.id);
    for (const version of ['1', '2', '3']) {
      expect((await api.get(json.id, least(version))).json).toMatchObject({ version: 3 });
    }
  });

  it('asks for patience when it has not', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    expect(await api.get(json.id, least('2'))).toMatchObject({
      status: 409,
      headers: { 'Retry-After': '1' },
      json: { code: 'version_not_reached', version: 1 },
    });
  });
});

describe('a version that is none', () => {
  it.each(['0', '-1', '1.5', '01', '1e3', '', 'latest', '10000000'])(
    'is refused: %j',
    async (version) => {
      const api = memoryApi();
      const { json } = await api.pay();
      for (const name of ['at_version', 'min_version']) {
        const answer = await api.get(json.id, { query: { [name]: [version] } });
        expect([answer.status, answer.json.errors[0].path]).toEqual([400, `?/${name}`]);
      }
    },
  );

  it('is refused beside another', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    const query = { at_version: ['1'], min_version: ['1'] };
    const answer = await api.get(json.id, { query });
    expect([answer.status, answer.json.errors[0].path]).toEqual([400, '?/min_version']);
  });
});

describe('a read of one payment', () => {
  const logs = recordLogs();

  it.each(['get', 'events'] as const)('logs which one, by %s', async (read) => {
    const api = memoryApi();
    const { json } = await api.pay();
    await api[read](json.id, {}, 'globex');
    expect(logs.refusals()).toEqual([
      expect.objectContaining({ code: 'not_found', tenant: 'globex', payment_id: json.id }),
    ]);
  });

  it.each(['get', 'events'] as const)('logs which one could not be read, by %s', async (read) => {
    const fail = () => Promise.reject(new Error('no table'));
    const api = memoryApi({ load: fail, eventPage: fail });
    const id = '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd';
    expect((await api[read](id)).status).toBe(500);
    expect(logs.lines()[0]).toMatchObject({ message: 'unexpected error', payment_id: id });
  });

  it.each(['get', 'events'] as const)('logs no path that is no id, by %s', async (read) => {
    const card = '4242'.repeat(4);
    await memoryApi()[read](card);
    expect(logs.lines()).toEqual([expect.not.objectContaining({ payment_id: expect.anything() })]);
    expect(logs.text()).not.toContain(card);
  });
});

describe('an id that is not the tenant’s', () => {
  const nobody = '4fe41d2d-1862-8fdc-b164-4f4bbd1b5ecd';

  it.each(['get', 'events'] as const)(
    'is answered like one of nobody and one of no form, byte for byte, by %s',
    async (read) => {
      const api = memoryApi();
      const { json } = await api.pay();
      const answers = await Promise.all(
        [json.id, nobody, 'no-id', '', '%2e%2e'].map((id) => api[read](id, {}, 'globex')),
      );
      for (const answer of answers) {
        expect(answer).toEqual(answers[0]);
      }
      expect(answers[0]).toMatchObject({
        status: 404,
        json: { code: 'not_found', instance: 'urn:paysaga:request:request-1' },
      });
    },
  );

  it.each([
    ['get', {}],
    ['get', { min_version: ['2'] }],
    ['get', { at_version: ['1'] }],
    ['get', { at_version: ['9'] }],
    ['events', {}],
    ['events', { cursor: [Buffer.from('1').toString('base64url')] }],
  ] as const)(
    'costs one read of a state, as one of nobody does, by %s with %j',
    async (read, query) => {
      const { store } = memoryApi();
      const reads: string[] = [];
      const api = memoryApi({
        load: async (id) => {
          reads.push(`load ${id}`);
          return store.load(id);
        },
        event: async (id, version) => {
          reads.push(`event ${id}`);
          return store.event(id, version);
        },
        eventPage: async (asked) => {
          reads.push(`page ${asked.id}`);
          return store.eventPage(asked);
        },
      });
      const accepted = anAcceptedPayment(countingStamps());
      await store.accept(accepted);
      for (const id of [accepted.after.id, nobody]) {
        reads.length = 0;
        expect((await api[read](id, { query }, 'globex')).status).toBe(404);
        expect(reads).toEqual([`load ${id}`]);
      }
    },
  );

  it('differs from another only in the id of the request', async () => {
    const api = memoryApi();
    const { json } = await api.pay();
    const foreign = await api.get(json.id, { requestId: 'AAAA' }, 'globex');
    const absent = await api.get(nobody, { requestId: 'BBBB' }, 'globex');
    const same = (answer: typeof foreign) =>
      JSON.stringify(answer).replaceAll(/AAAA|BBBB/g, 'request');
    expect(same(foreign)).toBe(same(absent));
  });
});
