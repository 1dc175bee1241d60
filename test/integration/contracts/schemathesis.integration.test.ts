import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueKey, keyTablesOf } from '../../../local/commands/keys/issue.ts';
import { operationsTenant } from '../../../shared/domain/settlement/break.ts';
import { apiClient } from '../../support/deployed/api.ts';
import { awsClientConfig, stack } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';
import {
  hooks,
  installSchemathesis,
  runSchemathesis,
} from '../../support/schemathesis/schemathesis.ts';

const document = join(import.meta.dirname, '../../../docs/openapi.json');

/**
 * What must hold of every answer, whatever was asked: nothing outside the document. Whether a request
 * that the schema takes is taken is not among it: rules over several members, card data and the state of
 * things refuse some of them.
 */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** Whose key each run has, and what it may find: what is asked at random is a stranger's nearly always. */
const tenant = 'outsider';
const currency = 'VND';

async function keyOf(of: string): Promise<string> {
  const client = new DynamoDBClient(awsClientConfig);
  try {
    return await issueKey(client, keyTablesOf(stack.outputs), of);
  } finally {
    client.destroy();
  }
}

/** Ids of what there is, which Schemathesis puts in at times. */
async function dictionaries(apiKey: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const api = apiClient(stack.apiUrl, apiKey);
  const ids: string[] = [];
  for (const capture_method of ['automatic', 'manual']) {
    const { json } = await api.pay({
      amount: 5_000,
      currency,
      capture_method,
      payment_method: 'tok_approve',
      customer: { id: 'c-1' },
    });
    ids.push(json.id);
  }
  for (const id of ids) {
    await until('the payment to settle', async () => {
      const { json } = await api.get<{ status: string }>(`/payments/${id}`);
      return json.status === 'processing' ? null : json;
    });
  }
  const endpoint = await api.call<{ id: string }>('POST', '/webhook-endpoints', {
    body: { url: 'http://127.0.0.1:64999/hooks', events: ['payout.paid'] },
  });
  expect(endpoint.status).toBe(201);
  return {
    'path.payment_id': ids,
    'path.account_id': [`merchant_payable.${currency}`, `fee_revenue.${currency}`],
    'path.endpoint_id': [endpoint.json.id],
    'path.customer_id': ['c-1'],
    'query.currency': [currency],
    'body.payment_method': ['tok_approve', 'tok_decline'],
    'body.currency': [currency],
    'header.Idempotency-Key': [randomUUID(), randomUUID()],
  };
}

/** Schemathesis' own configuration (TOML): half of the time what there is. */
function configuration(values: Readonly<Record<string, readonly string[]>>): string {
  const names = Object.keys(values);
  return [
    `hooks = ${JSON.stringify(hooks)}`,
    ...names.flatMap((name, index) => [
      `[dictionaries.d${index}]`,
      `values = ${JSON.stringify(values[name])}`,
    ]),
    '[parameters]',
    ...names.map(
      (name, index) => `${JSON.stringify(name)} = { dictionary = "d${index}", probability = 0.5 }`,
    ),
    '',
  ].join('\n');
}

describe('the API beside its OpenAPI document', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paysaga-schemathesis-'));
  let program: string;

  beforeAll(async () => {
    program = await installSchemathesis();
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    { of: tenant, phases: 'coverage,fuzzing', only: [] },
    { of: operationsTenant, phases: 'fuzzing', only: ['--include-path-regex', '/resolve$'] },
  ])(
    'answers $of nothing that the document does not have, and no 5xx',
    { timeout: 900_000 },
    async ({ of, phases, only }) => {
      const apiKey = await keyOf(of);
      const known = of === tenant ? await dictionaries(apiKey) : {};
      writeFileSync(join(folder, 'schemathesis.toml'), configuration(known));
      const { code, output } = await runSchemathesis(
        program,
        [
          'run',
          document,
          ...['--url', stack.apiUrl],
          ...['--header', `Authorization: Bearer ${apiKey}`],
          ...['--phases', phases],
          ...['--checks', checks.join(',')],
          ...['--max-examples', '15'],
          ...['--workers', '2'],
          ...['--request-timeout', '60'],
          ...['--seed', '7'],
          ...['--generation-database', 'none'],
          ...['--suppress-health-check', 'all'],
          '--no-shrink',
          '--continue-on-failure',
          '--no-color',
          ...only,
        ],
        folder,
      );
      // Its whole report says which request was answered how, and how to send it again.
      expect(code, output).toBe(0);
      expect(output).toMatch(/[1-9]\d* generated/);
      if (process.env.PAYSAGA_KEEP_LOGS) {
        console.log(output);
      }
    },
  );
});
