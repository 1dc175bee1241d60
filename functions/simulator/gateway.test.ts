import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { aSimulator } from '../../test/support/psp/simulator.ts';
import { gatewayHandler } from './gateway.ts';

function anEvent(part: Partial<APIGatewayProxyEvent>): APIGatewayProxyEvent {
  return {
    httpMethod: 'GET',
    path: '/a-base-path/charges',
    pathParameters: { proxy: 'charges' },
    queryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    ...part,
  } as APIGatewayProxyEvent;
}

const body = JSON.stringify({
  operation_id: 'op-1',
  reference: 'pay-1',
  amount: 10_000,
  currency: 'EUR',
  payment_method: 'tok_approve',
  capture: true,
});

describe('behind API Gateway', () => {
  it.each([
    ['as text', { body }],
    ['in base64', { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }],
  ])('a charge comes in %s and is answered in JSON', async (_name, part) => {
    const handle = gatewayHandler(aSimulator().api);
    const answer = await handle(anEvent({ httpMethod: 'POST', ...part }));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers?.['Content-Type']).toBe('application/json');
    expect(JSON.parse(answer.body)).toMatchObject({ reference: 'pay-1', status: 'captured' });
  });

  it('an inquiry has its query', async () => {
    const { api, post } = aSimulator();
    await post('/charges', JSON.parse(body));
    const found = await gatewayHandler(api)(
      anEvent({ queryStringParameters: { reference: 'pay-1' } }),
    );
    expect(found.statusCode).toBe(200);
  });

  it('the root is nothing', async () => {
    const answer = await gatewayHandler(aSimulator().api)(anEvent({ pathParameters: null }));
    expect(answer.statusCode).toBe(404);
  });

  it('an error of the store is a 500 that tells nothing of it', async () => {
    const handle = gatewayHandler(() => Promise.reject(new Error('table gone')));
    const answer = await handle(anEvent({}));
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body)).toEqual({
      error: { code: 'internal_error', message: 'Something went wrong.' },
    });
  });
});
