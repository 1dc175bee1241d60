import { afterEach, describe, expect, it, vi } from 'vitest';
import { accessOf } from '../../../../test/support/api/access.ts';
import { apiEvent, invoke } from '../../../../test/support/api/api-event.ts';
import { ApiError } from '../../../contracts/errors.ts';
import { securityHeaders } from '../../../contracts/http-headers.ts';
import { httpHandler } from '../handler.ts';

const origin = 'https://shop.example';

/** Calls an endpoint from a page of this origin. */
function call(from?: string, answer: () => never | object = () => ({ fine: true })) {
  const access = { scope: 'payments:read', action: 'payments:read' } as const;
  const handler = httpHandler({ method: 'GET', access }, accessOf('acme'), async () => ({
    status: 200,
    body: answer(),
  }));
  return invoke(handler, apiEvent({ method: 'GET', headers: from ? { Origin: from } : {} }));
}

const refuse = () => {
  throw new ApiError('not_found', 'No.');
};

describe('an answer', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['that is fine', undefined],
    ['that is a refusal', refuse],
  ])('%s tells browsers and caches to keep off', async (_name, answer) => {
    expect((await call(undefined, answer)).headers).toMatchObject(securityHeaders);
  });

  it('says nothing of origins where none is listed', async () => {
    const { headers } = await call(origin);
    expect(Object.keys(headers).filter((name) => /Access-Control|Vary/.test(name))).toEqual([]);
  });

  it.each([undefined, refuse])('may be read by a page of a listed origin', async (answer) => {
    vi.stubEnv('CORS_ORIGINS', `https://other.example,${origin}`);
    const { headers } = await call(origin, answer);
    expect(headers).toMatchObject({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': expect.stringContaining('Location'),
      Vary: 'Origin',
    });
    expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
  });

  it.each([undefined, 'null', 'https://shop.example.evil', `https://other.example,${origin}`, ''])(
    'may not be read by a page of %s',
    async (from) => {
      vi.stubEnv('CORS_ORIGINS', `https://other.example,${origin}`);
      const { headers } = await call(from);
      expect(headers).not.toHaveProperty('Access-Control-Allow-Origin');
    },
  );
});
