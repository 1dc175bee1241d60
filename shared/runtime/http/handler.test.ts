import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { accessOf, aPrincipal } from '../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { endpoint } from '../../contracts/endpoints/endpoint.ts';
import { ApiError } from '../../contracts/errors.ts';
import { securityHeaders } from '../../contracts/http-headers.ts';
import type { Access } from './entry/access.ts';
import { httpHandler } from './handler.ts';
import type { HttpRequest, HttpResponse } from './request.ts';

const reading = endpoint({
  name: 'test',
  method: 'GET',
  path: '/things/{thing_id}',
  summary: 'Reads a thing.',
  access: { scope: 'payments:read', action: 'things:read' },
  query: z.strictObject({ status: z.optional(z.enum(['open', 'closed'])) }),
  answers: { 200: z.object({}) },
  errors: [],
});

type Reading = HttpRequest<undefined, { status?: 'open' | 'closed' | undefined }>;

/** Calls a handler of a GET with what it is given, and keeps the requests that the use case saw. */
function caller(
  answer: (request: Reading) => HttpResponse = () => ({ status: 200, body: {} }),
  access: Access = accessOf('acme'),
) {
  const seen: Reading[] = [];
  const handler = httpHandler(reading, access, async (request) => {
    seen.push(request);
    return answer(request);
  });
  return {
    seen,
    call: (event: APIGatewayProxyEvent = apiEvent({ method: 'GET' })) => invoke(handler, event),
  };
}

describe('an HTTP handler', () => {
  const logs = recordLogs();

  it('answers JSON with the headers that every answer has', async () => {
    const { call } = caller(() => ({ status: 201, headers: { ETag: '"1"' }, body: { a: 1 } }));
    expect(await call()).toEqual({
      status: 201,
      headers: {
        'Content-Type': 'application/json',
        'X-Correlation-Id': 'request-1',
        ...securityHeaders,
        ETag: '"1"',
      },
      text: '{"a":1}',
      json: { a: 1 },
    });
  });

  it('writes a bigint out as a number with all of its digits', async () => {
    const body = { sums: [9_007_199_254_740_993n, -1n], count: 2 };
    expect((await caller(() => ({ status: 200, body })).call()).text).toBe(
      '{"sums":[9007199254740993,-1],"count":2}',
    );
  });

  it('leaves a body that is text as it is', async () => {
    expect((await caller(() => ({ status: 200, body: '{"a": 1.0}' })).call()).text).toBe(
      '{"a": 1.0}',
    );
  });

  it('gives the use case who, what and where', async () => {
    const { seen, call } = caller();
    await call(
      apiEvent({
        method: 'GET',
        headers: { 'x-CORRELATION-id': 'order-7' },
        query: { status: ['open'] },
        pathParameters: { thing_id: 'a%2Fb%20c' },
        requestId: 'request-7',
      }),
    );
    expect(seen).toEqual([
      expect.objectContaining({
        tenant: 'acme',
        correlationId: 'order-7',
        requestId: 'request-7',
        query: { status: 'open' },
        path: { thing_id: 'a/b c' },
        body: undefined,
      }),
    ]);
  });

  it('lives with headers, parameters and body that are null', async () => {
    const { seen, call } = caller();
    const event = apiEvent({ method: 'GET' });
    const { status } = await call({
      ...event,
      headers: null,
      multiValueHeaders: null,
      pathParameters: null,
      body: null,
    } as unknown as APIGatewayProxyEvent);
    expect([status, seen[0]?.path, seen[0]?.query]).toEqual([200, {}, {}]);
  });

  it('needs nobody to be known where the endpoint is open', async () => {
    const seen: string[] = [];
    const handler = httpHandler({ ...reading, access: null }, null, async ({ tenant }) => {
      seen.push(tenant);
      return { status: 200, body: {} };
    });
    await invoke(handler, apiEvent({ method: 'GET' }));
    expect(seen).toEqual(['']);
  });

  it('looks at nothing before it knows who asks', async () => {
    const { seen, call } = caller(undefined, {
      ...accessOf('acme'),
      authenticate: async () => {
        throw new ApiError('unauthorized', 'No.', { headers: { 'WWW-Authenticate': 'Bearer' } });
      },
    });
    const answer = await call(apiEvent({ method: 'GET', query: { unknown: ['a', 'b'] } }));
    expect([answer.status, answer.json.code]).toEqual([401, 'unauthorized']);
    expect(answer.headers).toMatchObject({ 'WWW-Authenticate': 'Bearer' });
    expect(seen).toEqual([]);
  });

  it.each([
    ['twice', { status: ['open', 'open'] }, '?/status'],
    ['without a value that is known', { status: ['OPEN'] }, '?/status'],
    ['empty', { status: [''] }, '?/status'],
    ['unknown', { state: ['open'] }, '?/state'],
    ['in another case', { Status: ['open'] }, '?/Status'],
    ['with an odd name', { 'a/b~c': [''] }, '?/a~1b~0c'],
  ])('refuses a query parameter that is given %s', async (_name, query, path) => {
    const { seen, call } = caller();
    const answer = await call(apiEvent({ method: 'GET', query: query as never }));
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_request']);
    expect(answer.json.errors).toEqual([{ path, message: expect.any(String) }]);
    expect(seen).toEqual([]);
  });

  it('finds nothing at a path that cannot be decoded', async () => {
    for (const thing_id of ['%', '%zz', '%c3%28']) {
      const answer = await caller().call(apiEvent({ method: 'GET', pathParameters: { thing_id } }));
      expect([answer.status, answer.json.code]).toEqual([404, 'not_found']);
    }
  });

  it('answers an error of the API with its members and headers', async () => {
    const { call } = caller(() => {
      throw new ApiError('merchant_reference_taken', 'It is taken.', {
        members: { payment_id: 'p' },
        headers: { 'Retry-After': '1' },
      });
    });
    const answer = await call(apiEvent({ method: 'GET', requestId: 'request-9' }));
    expect(answer).toMatchObject({
      status: 409,
      headers: {
        'Content-Type': 'application/problem+json',
        'Retry-After': '1',
        'Cache-Control': 'no-store',
        'X-Correlation-Id': 'request-9',
      },
      json: {
        code: 'merchant_reference_taken',
        payment_id: 'p',
        instance: 'urn:paysaga:request:request-9',
      },
    });
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'refused',
        code: 'merchant_reference_taken',
        tenant: 'acme',
        correlation_id: 'request-9',
      }),
    ]);
  });

  it.each([
    ['an Error', new Error('SECRET')],
    ['a text', 'SECRET'],
    ['nothing', undefined],
    ['what looks like an error of the API', { code: 'not_found', detail: 'SECRET' }],
  ])('answers 500 to %s that is thrown, without what it says', async (_name, thrown) => {
    const { call } = caller(() => {
      throw thrown;
    });
    const answer = await call();
    expect(answer.status).toBe(500);
    expect(answer.json).toEqual({
      type: 'urn:paysaga:problem:internal_error',
      title: 'Something of ours went wrong',
      status: 500,
      detail: 'The request could not be completed.',
      instance: 'urn:paysaga:request:request-1',
      code: 'internal_error',
    });
    expect(logs.lines()).toEqual([
      expect.objectContaining({ level: 'ERROR', message: 'unexpected error' }),
      expect.objectContaining({ message: 'refused', code: 'internal_error' }),
    ]);
  });

  it('answers 500 when nobody can say who asks', async () => {
    const { call } = caller(undefined, {
      ...accessOf('acme'),
      authenticate: () => Promise.reject(new Error('the table is away')),
    });
    expect((await call()).json.code).toBe('internal_error');
  });

  it('forgets the tenant of one request before the next', async () => {
    const tenants = ['acme', null];
    const { call } = caller(
      () => {
        throw new ApiError('not_found', 'No.');
      },
      {
        ...accessOf('acme'),
        authenticate: async () => {
          const tenant = tenants.shift();
          if (!tenant) {
            throw new ApiError('unauthorized', 'No.');
          }
          return aPrincipal(tenant);
        },
      },
    );
    await call();
    await call();
    expect(logs.lines().map(({ tenant }) => tenant)).toEqual(['acme', undefined]);
  });
});
