import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../../test/support/api/api-event.ts';
import type { Admission, Admit } from '../../../ports/access/access.ts';
import { httpHandler } from '../handler.ts';
import { saidOf } from './access.ts';

const access = { scope: 'payments:read', action: 'payments:read' } as const;

/** Calls an endpoint whose limits say this. */
function call(admission: Admission | null, method: 'GET' | 'POST' = 'GET') {
  const asked: Parameters<Admit>[0][] = [];
  const admit: Admit = async (request) => {
    asked.push(request);
    return admission;
  };
  const served: string[] = [];
  const handler = httpHandler(
    { method, access },
    { ...accessOf('acme'), admit },
    async ({ tenant }) => {
      served.push(tenant);
      return { status: 200, body: {} };
    },
  );
  return invoke(handler, apiEvent({ method })).then((answer) => ({ ...answer, asked, served }));
}

const admitted: Admission = {
  admitted: true,
  by: 'tenant',
  limit: 200,
  remaining: 150,
  resetSeconds: 3,
};

describe('a request that its tenant’s limit', () => {
  it('lets in is answered with what is left', async () => {
    const { status, headers, served } = await call(admitted);
    expect([status, served]).toEqual([200, ['acme']]);
    expect(headers).toMatchObject({
      'RateLimit-Policy': '"tenant";q=200',
      RateLimit: '"tenant";r=150;t=3',
    });
    expect(headers).not.toHaveProperty('Retry-After');
  });

  it.each(['tenant', 'stage'] as const)(
    'refuses, as the %s has none left, is told when to come again, and nothing is done',
    async (by) => {
      const { status, headers, json, served } = await call({
        admitted: false,
        by,
        limit: 20,
        remaining: 0,
        resetSeconds: 7,
      });
      expect([status, json.code, served]).toEqual([429, 'too_many_requests', []]);
      expect(headers).toMatchObject({
        'Retry-After': '7',
        'RateLimit-Policy': `"${by}";q=20`,
        RateLimit: `"${by}";r=0;t=7`,
      });
    },
  );

  it('is never told to come again at once', async () => {
    const { headers } = await call({ ...admitted, admitted: false, resetSeconds: 0 });
    expect(headers).toMatchObject({ 'Retry-After': '1' });
  });

  it('knows nothing of is answered without a word of it', async () => {
    const { headers } = await call(null);
    expect(Object.keys(headers).filter((name) => name.startsWith('RateLimit'))).toEqual([]);
  });

  it.each([
    ['GET', 'read'],
    ['POST', 'write'],
  ] as const)('is asked of for a %s is a %s', async (method, kind) => {
    expect((await call(admitted, method)).asked).toEqual([{ tenant: 'acme', kind }]);
  });
});

describe('what a request says of its resource', () => {
  it.each([
    [
      { amount: 5, currency: 'EUR' },
      { amount: 5, currency: 'EUR' },
    ],
    [
      { amount: 5, from: 'JPY', to: 'USD' },
      { amount: 5, currency: 'JPY' },
    ],
    [{ from: 7 }, {}],
    [null, {}],
    ['EUR', {}],
  ])('with %j', (body, said) => {
    expect(saidOf({ thing_id: 't' }, body)).toEqual({ thing_id: 't', ...said });
  });
});
