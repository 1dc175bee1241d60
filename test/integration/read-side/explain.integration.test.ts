import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { answer } from '../../../local/commands/payments/command.ts';
import {
  type PaymentsCommand,
  payments as paymentsGroup,
} from '../../../local/commands/payments/group.ts';
import { requestOf } from '../../../local/program/program.ts';
import type { WebhookEndpointResource } from '../../../shared/contracts/webhooks.ts';
import type { Source } from '../../../shared/domain/time-line/moment.ts';
import type { TimeLine } from '../../../shared/domain/time-line/time-line.ts';
import { apiClient } from '../../support/deployed/api.ts';
import { outputOf, stack, tenantOf } from '../../support/deployed/stack.ts';
import { until } from '../../support/deployed/until.ts';

const parsePayments = (args: readonly string[]) =>
  requestOf(paymentsGroup, args, { user: 'me', nowMs: 0 }) as PaymentsCommand;

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const receiver = createServer((_, response) => {
  response.writeHead(200).end();
});
let endpoint: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const { json } = await acme.call<WebhookEndpointResource>('POST', '/webhook-endpoints', {
    body: { url, events: ['payment.captured'] },
  });
  endpoint = json.id;
});

afterAll(async () => {
  await acme.call('DELETE', `/webhook-endpoints/${endpoint}`);
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

/** Does what `npm run payments -- <args>` does, against the deployed stacks. */
async function payments(...args: readonly string[]) {
  const environment = {
    AWS_ENDPOINT_URL: stack.endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CALL_TIMEOUT_MS: '10000',
    PAYMENTS_TABLE: outputOf('PaymentsTableName'),
    LEDGER_TABLE: outputOf('LedgerTableName'),
    BOOKS_TABLE: outputOf('BooksTableName'),
    WEBHOOKS_TABLE: outputOf('WebhooksTableName'),
  };
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
  const { paymentsOf } = await import('../../../local/commands/payments/wiring.ts');
  return answer(paymentsOf(stack.outputs), parsePayments(args));
}

async function explained(id: string, ...args: readonly string[]): Promise<TimeLine> {
  return JSON.parse((await payments('explain', id, '--json', ...args)).lines[0] ?? '');
}

/** A payment in UYU that has come to its end, with its time line, once its webhook was answered. */
async function paid(token: string) {
  const { json } = await acme.pay({ amount: 10_000, currency: 'UYU', payment_method: token });
  const settled = await acme.settled(json.id);
  const line = await until('the webhook was answered, and the sagas have ended', async () => {
    const now = await explained(json.id);
    const has = (says: RegExp) => now.moments.some((moment) => says.test(moment.says));
    return has(/to .* try 1: answered 200/) && has(/payment: the execution ended/) ? now : null;
  });
  const saying = (source: Source) =>
    line.moments.filter((moment) => moment.source === source).map(({ says }) => says);
  return { id: json.id, settled, line, saying };
}

it('explains a payment whose PSP was busy: the tries of its saga, and one effect there', async () => {
  const { id, settled, line, saying } = await paid('tok_busy_once');
  expect(line.missing).toEqual([]);
  expect(line.payment).toEqual(settled);
  expect(saying('event').at(-1)).toMatch(/ took UYU 100.00 as /);
  expect(saying('saga')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^payment: charge, try 1 of \d+: ProviderBusy after /),
      expect.stringMatching(/^payment: charge, try (\d+) of \1: done in /),
      'payment: the execution ended as SUCCEEDED',
    ]),
  );
  // On a machine that is busy itself it may be told so more than once, and go to the other PSP.
  expect(saying('psp')[0]).toBe('charge at simulator: busy, nothing done');
  expect(saying('psp').at(-1)).toMatch(
    /^charge at simulator(?:-b)?: approved as .*the PSP counts 1 effect, captured$/,
  );
  expect(saying('posting').map((says) => says.split(':')[0])).toEqual([
    'authorized',
    'captured',
    'fee',
  ]);
  const wrong = line.moments.filter(({ isWrong, source }) => isWrong && source !== 'webhook');
  expect(wrong.length).toBeGreaterThanOrEqual(2);
  for (const { says } of wrong) {
    expect(says).toMatch(/: ProviderBusy after |: busy, nothing done$/);
  }
  const text = (await payments('explain', id)).lines.join('\n');
  expect(text).toContain(`Payment ${id}: UYU 100.00, captured at version ${settled.version}`);
  expect(text).toMatch(/\+ *\d+\.\d\d s {4}posting {2}fee: UYU/);
});

it('explains one whose outcome was unknown, by who found it out; and looks back', async () => {
  const { id, saying } = await paid('tok_timeout_then_approved');
  expect(saying('saga')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^payment: charge.*: OutcomeUnknown after /),
      expect.stringMatching(/^payment: suspend: done in /),
      expect.stringMatching(/^resolve: inquire.*: done in /),
    ]),
  );
  expect(saying('psp')[0]).toMatch(/^charge.*no answer that says what became of it/);
  const early = await explained(id, '--at', '2');
  expect(early.payment).toMatchObject({ status: 'processing', version: 2 });
  expect(early.moments.some(({ says }) => says.startsWith('resolve'))).toBe(false);
  const { json } = await acme.get<unknown>(`/payments/${id}?at_version=2`);
  expect(json).toEqual(early.payment);
  const shown = JSON.parse((await payments('show', id, '--at', '2')).lines.join('\n'));
  expect(shown).toMatchObject({ id, version: 2, status: 'processing' });
});
