import { describe, expect, it } from 'vitest';
import { capture, memoryApi } from '../../../test/support/api/memory-api.ts';
import { recordLogs } from '../../../test/support/logs.ts';

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

describe('a read of one payment', () => {
  const logs = recordLogs();

  it.each(['get', 'events'] as const)('logs which one, by %s', async (read) => {
    const api = memoryApi();
    const { json } = await api.pay();
    await api[read](json.id, {}, 'globex');
    expect(logs.lines()).toEqual([
      expect.objectContaining({ code: 'not_found', tenant: 'globex', payment_id: json.id }),
    ]);
  });

  it.each(['get', 'events'] as const)('logs which one could not be read, by %s', async (read) => {
    const fail = () => Promise.reject(new Error('no table'));
    const api = memoryApi({ load: fail, events: fail });
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
