import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { recordLogs } from '../../../test/support/logs.ts';
import { endpoint } from '../../contracts/endpoints/endpoint.ts';
import { securityHeaders } from '../../contracts/http-headers.ts';
import { httpHandler } from './handler.ts';
import { routed } from './routes.ts';

const common = {
  summary: '',
  access: { scope: 'payments:read', action: 'things:read' },
  answers: {},
  errors: [],
} as const;
const endpoints = [
  endpoint({ ...common, name: 'createThing', method: 'POST', path: '/things' }),
  endpoint({ ...common, name: 'listThings', method: 'GET', path: '/things' }),
  endpoint({ ...common, name: 'getThing', method: 'GET', path: '/things/{thing_id}' }),
];

const handler = routed(
  endpoints.map((contract) => ({
    endpoint: contract,
    handler: httpHandler(contract, accessOf('acme'), async ({ path, tenant }) => ({
      status: 200,
      body: { name: contract.name, path, tenant },
    })),
  })),
);

describe('a handler of several endpoints', () => {
  recordLogs();

  it.each([
    ['POST', '/things', '/things', 'createThing'],
    ['GET', '/things', '/things', 'listThings'],
    ['GET', '/things/{thing_id}', '/things/7', 'getThing'],
  ] as const)(
    'gives %s %s to the endpoint of that method and path',
    async (method, resource, path, name) => {
      const event = { ...apiEvent({ method, path, pathParameters: { thing_id: '7' } }), resource };
      expect(await invoke(handler, event)).toMatchObject({
        status: 200,
        json: { name, path: { thing_id: '7' }, tenant: 'acme' },
      });
    },
  );

  it.each([
    ['a method that the path does not take', 'POST', '/things/{thing_id}'],
    ['a path that no endpoint has', 'GET', '/others'],
    ['a path that an endpoint has as a value, not as its template', 'GET', '/things/7'],
  ] as const)(
    'answers %s as every endpoint answers what is not there',
    async (_, method, resource) => {
      const event = { ...apiEvent({ method, path: '/things/7', requestId: 'r-1' }), resource };
      expect(await invoke(handler, event)).toEqual({
        status: 404,
        headers: {
          'Content-Type': 'application/problem+json',
          'X-Correlation-Id': 'r-1',
          ...securityHeaders,
        },
        text: expect.any(String),
        json: {
          type: 'urn:paysaga:problem:not_found',
          title: 'There is nothing here',
          status: 404,
          detail: 'There is nothing at this path.',
          instance: 'urn:paysaga:request:r-1',
          code: 'not_found',
        },
      });
    },
  );
});
