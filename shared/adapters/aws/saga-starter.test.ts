import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { machineNames } from '../../domain/saga/sagas.ts';
import { stepFunctionsSagas } from './saga-starter.ts';

/** What Step Functions was asked for, and what it refuses the next request with. */
const asked: { stateMachineArn: string; name: string; input: string }[] = [];
let refusal: string | null = null;

const server = createServer(async (request, response) => {
  asked.push((await json(request)) as (typeof asked)[0]);
  response.writeHead(refusal ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(
    JSON.stringify(refusal ? { __type: refusal } : { executionArn: 'arn', startDate: 0 }),
  );
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const arns = Object.fromEntries(machineNames.map((name) => [name, `arn:of:${name}`])) as Parameters<
  typeof stepFunctionsSagas
>[0];
const execution = {
  machine: 'refund',
  name: 'operation-1',
  subject: 'subject-1',
  operationId: 'operation-1',
  tenant: 'acme',
  correlationId: 'correlation-1',
} as const;

describe('starting an execution', () => {
  it.each([
    ['payment', 'payment_id'],
    ['capture', 'payment_id'],
    ['cancel', 'payment_id'],
    ['refund', 'payment_id'],
    ['resolve', 'payment_id'],
    ['payout', 'payout_id'],
    ['resolve-payout', 'payout_id'],
  ] as const)('of %s asks its own machine, and says %s', async (machine, subject) => {
    asked.length = 0;
    refusal = null;
    await stepFunctionsSagas(arns)({ ...execution, machine });
    expect(asked).toMatchObject([{ stateMachineArn: `arn:of:${machine}`, name: 'operation-1' }]);
    expect(JSON.parse(asked[0]?.input ?? '')).toEqual({
      [subject]: 'subject-1',
      operation_id: 'operation-1',
      tenant: 'acme',
      correlation_id: 'correlation-1',
    });
  });

  it('that is there already is a success; any other refusal is not', async () => {
    refusal = 'ExecutionAlreadyExists';
    await expect(stepFunctionsSagas(arns)(execution)).resolves.toBeUndefined();
    refusal = 'StateMachineDoesNotExist';
    await expect(stepFunctionsSagas(arns)(execution)).rejects.toMatchObject({ name: refusal });
  });
});
