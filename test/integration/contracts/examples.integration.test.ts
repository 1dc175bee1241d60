import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pathOf } from '../../../docs/contracts/openapi/examples.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import type { Example } from '../../../shared/contracts/examples/example.ts';
import { examples } from '../../../shared/contracts/examples/index.ts';
import { unsettledOperation } from '../../../shared/contracts/examples/known.ts';
import { resolved, withoutVarying } from '../../../shared/contracts/examples/references.ts';
import { outputOf, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const keys = {
  acme: tenantOf(0).apiKey,
  operations: tenantOf(2).apiKey,
  nobody: null,
} as const;

/** Has the simulator settle what was paid in the examples' currency, and the file reconciled. */
async function settle(): Promise<void> {
  const response = await fetch(`${stack.simulatorUrl}/settlements`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      operation_id: randomUUID(),
      currencies: ['CAD'],
      faults: [{ kind: 'missing_line', operation_id: unsettledOperation }],
    }),
  });
  expect(response.status).toBe(200);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: stack.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    PAYMENTS_TABLE: outputOf('PaymentsTableName'),
    LEDGER_TABLE: outputOf('LedgerTableName'),
    BOOKS_TABLE: outputOf('BooksTableName'),
    SETTLEMENTS_TABLE: outputOf('SettlementsTableName'),
    SETTLEMENTS_BUCKET: outputOf('SettlementsBucketName'),
  });
  const [{ stageSettlement }, { reconcile }] = await Promise.all([
    import('../../../shared/adapters/stage/stage-settlement.ts'),
    import('../../../functions/settlement/reconcile/reconcile.ts'),
  ]);
  const now = () => new Date().toISOString();
  await reconcile(
    { ...stageSettlement(), now, noted: () => {} },
    { providers: ['simulator'], cutOff: now() },
  );
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

async function send(example: Example, request: Example['request']): Promise<Got> {
  const { method, path } = endpoints[example.endpoint];
  const query = new URLSearchParams(request.query).toString();
  const key = keys[example.as ?? 'acme'];
  const response = await fetch(`${stack.apiUrl}${pathOf(path, request.path)}?${query}`, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  const names = Object.keys(example.answer.headers ?? {});
  return {
    status: response.status,
    headers: Object.fromEntries(names.map((name) => [name, response.headers.get(name) ?? ''])),
    body: text === '' ? '' : JSON.parse(text),
  };
}

/** What of an answer is as documented at each run. */
function comparable({ status, headers, body }: Got, { varies = [] }: Example) {
  const always = status < 400 ? varies : [...varies, '/instance'];
  return { status, headers, body: withoutVarying(body, always) };
}

describe('each documented example', () => {
  const answers = new Map<string, unknown>();

  it.each(examples)('is answered as it says: $name', async (example) => {
    if (example.after === 'settlement') {
      await settle();
    }
    const request = resolved(example.request, answers);
    const documented = comparable({ headers: {}, ...example.answer }, example);
    // What follows a payment within moments is read until it has; and what takes longer than the wait, on
    // a machine that is busy, is asked for under the same key again. 503 says of itself to do so.
    const reads = endpoints[example.endpoint].method === 'GET';
    let got = await send(example, request);
    const agrees = () => isSame(comparable(got, example), documented);
    const waitsLonger = got.status === 202 && example.answer.status === 200;
    const isPutOff = got.status === 503;
    if ((reads || waitsLonger || isPutOff) && !agrees()) {
      await until(`the answer of ${example.name}`, async () => {
        got = await send(example, request);
        return agrees() ? got : null;
      }).catch(() => undefined);
    }
    answers.set(example.name, got.body);
    expect(comparable(got, example)).toEqual(documented);
  });
});

function isSame(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}
