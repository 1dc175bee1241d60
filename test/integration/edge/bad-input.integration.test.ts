import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { apiErrors } from '../../../shared/contracts/errors.ts';
import { apiClient, type Problem } from '../../support/deployed/api.ts';
import { stack, tenantOf } from '../../support/deployed/stack.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const globex = apiClient(stack.apiUrl, tenantOf(1).apiKey);
const good = { amount: 100, currency: 'EUR', payment_method: 'tok_approve' };
/** The test number of every PSP's manual, put together here so that no line of the source is one. */
const cardNumber = ['4111', '1111', '1111', '1111'].join('');

/** A request with one header several times, which fetch would join. */
function postTwice(
  header: string,
  values: readonly string[],
): Promise<{ status: number; body: Problem }> {
  const url = new URL(`${stack.apiUrl}/payments`);
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST' }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }),
      );
    });
    sent.on('error', reject);
    sent.setHeader('content-type', 'application/json');
    sent.setHeader('authorization', `Bearer ${tenantOf(0).apiKey}`);
    sent.setHeader(header, values);
    sent.end(JSON.stringify(good));
  });
}

function expectProblem(
  answer: { readonly status: number; readonly headers: Headers; readonly json: unknown },
  code: keyof typeof apiErrors,
): Problem {
  expect(answer.json).toMatchObject({
    type: `urn:paysaga:problem:${code}`,
    code,
    status: apiErrors[code].status,
    title: apiErrors[code].title,
  });
  expect(answer.status).toBe(apiErrors[code].status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = answer.json as Problem;
  expect(problem.detail).toBeTruthy();
  expect(problem.instance).toMatch(/^urn:paysaga:request:./);
  return problem;
}

describe('a body that is refused', () => {
  it.each<[string, unknown, keyof typeof apiErrors, string]>([
    ['a fraction', { ...good, amount: 10.5 }, 'invalid_request', '/amount'],
    ['a text amount', { ...good, amount: '100' }, 'invalid_request', '/amount'],
    ['nothing', { ...good, amount: 0 }, 'invalid_request', '/amount'],
    ['too much', { ...good, amount: 10 ** 12 + 1 }, 'invalid_request', '/amount'],
    ['an unknown currency', { ...good, currency: 'EUX' }, 'invalid_request', '/currency'],
    ['an unknown field', { ...good, colour: 'x' }, 'invalid_request', '/colour'],
    ['a card’s security code', { ...good, cvv: 'x' }, 'card_data_refused', '/cvv'],
    ['no currency', { amount: 1, payment_method: 'tok_approve' }, 'invalid_request', '/currency'],
    [
      'a card number',
      { ...good, metadata: { note: cardNumber } },
      'card_data_refused',
      '/metadata/note',
    ],
    [
      'a card for a token',
      { ...good, payment_method: cardNumber },
      'card_data_refused',
      '/payment_method',
    ],
    [
      'an unknown token',
      { ...good, payment_method: 'tok_nobody_knows' },
      'unknown_payment_method',
      '/payment_method',
    ],
  ])('%s', async (_name, body, code, path) => {
    const problem = expectProblem(await acme.pay(body), code);
    expect(problem.errors?.map((error) => error.path)).toContain(path);
    expect(JSON.stringify(problem)).not.toContain(cardNumber);
  });

  it.each<[string, string, keyof typeof apiErrors]>([
    [
      '100.00, which is not 100',
      '{"amount":100.00,"currency":"EUR","payment_method":"tok_approve"}',
      'invalid_request',
    ],
    ['no JSON', '{"amount":', 'malformed_json'],
    ['a list', '[]', 'invalid_request'],
    [
      '33 KiB',
      JSON.stringify({ ...good, metadata: { note: 'x'.repeat(33 * 1024) } }),
      'body_too_large',
    ],
  ])('%s', async (_name, body, code) => {
    expectProblem(await acme.pay(body), code);
  });

  it('another content type', async () => {
    expectProblem(
      await acme.pay('amount=1', { 'content-type': 'text/plain' }),
      'unsupported_media_type',
    );
  });
});

describe('a key that is refused', () => {
  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['256 characters', 'k'.repeat(256)],
    ['two joined by a proxy', 'a, b'],
  ])('%s', async (_name, key) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    expectProblem(
      await acme.call('POST', '/payments', { body: good, headers }),
      'idempotency_key_required',
    );
  });

  it('two headers', async () => {
    const { status, body } = await postTwice('idempotency-key', [randomUUID(), randomUUID()]);
    expect([status, body.code]).toEqual([400, 'idempotency_key_required']);
  });

  it('takes one of 255 characters', async () => {
    const key = randomUUID().padEnd(255, 'k');
    expect((await acme.pay(good, { key })).status).toBe(202);
  });
});

describe('a caller who is refused', () => {
  it.each([
    ['no key', ''],
    ['a wrong key', randomUUID()],
  ])('%s', async (_name, apiKey) => {
    const answer = await apiClient(stack.apiUrl, apiKey).pay(good);
    expectProblem(answer, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('cannot tell a stranger’s payment from none', async () => {
    const { json } = await acme.pay(good);
    const foreign = await globex.get(`/payments/${json.id}`);
    const missing = await globex.get(`/payments/${randomUUID()}`);
    const [one, other] = [foreign, missing].map((answer) => ({
      ...expectProblem(answer, 'not_found'),
      instance: '',
    }));
    expect(one).toEqual(other);
    expectProblem(await globex.get(`/payments/${json.id}/events`), 'not_found');
    expectProblem(await globex.get('/payments/not-an-id'), 'not_found');
  });
});

describe('a path that is not there', () => {
  it.each([
    ['GET', '/nothing'],
    ['POST', '/payments/1/nothing'],
    ['GET', '/ledger'],
    ['GET', '/ledger/accounts/merchant_payable'],
    ['GET', '/ledger/accounts/nothing.EUR'],
  ])('%s %s', async (method, path) => {
    expectProblem(await acme.call(method, path), 'not_found');
  });

  it.each([
    ['DELETE', '/payments', 'GET, POST'],
    ['POST', '/health', 'GET'],
    ['PATCH', `/payments/${randomUUID()}`, 'GET'],
  ])('%s %s is no method of it', async (method, path, allow) => {
    const answer = await acme.call(method, path);
    expectProblem(answer, 'method_not_allowed');
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allow.split(', ').sort());
  });
});

describe('a query that is refused', () => {
  it.each([
    ['/payments?limit=0'],
    ['/payments?limit=101'],
    ['/payments?cursor=nonsense'],
    ['/payments?status=paid'],
    ['/payments?unknown=1'],
    ['/payments?limit=1&limit=2'],
  ])('%s', async (path) => {
    expectProblem(await acme.get(path), 'invalid_request');
  });
});

it('health needs no key', async () => {
  const answer = await apiClient(stack.apiUrl, '').get('/health');
  expect([answer.status, answer.json]).toEqual([200, { status: 'ok', stage: 'local' }]);
});
