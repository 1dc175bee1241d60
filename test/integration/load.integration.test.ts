import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { operationId } from '../../shared/domain/ids.ts';
import { apiClient } from '../support/deployed/api.ts';
import { stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);
const currency = 'JPY';
const amount = 1_000;
const payments = 50;

it('50 payments at once, one third of them sent twice: each once, and the books balance throughout', async () => {
  const requests = Array.from({ length: payments }, (_, index) => ({
    key: randomUUID(),
    copies: index % 3 === 0 ? 2 : 1,
    body: { amount, currency, payment_method: 'tok_approve' },
  }));
  let running = true;
  let reads = 0;
  const differences: number[] = [];
  const watch = (async () => {
    while (running) {
      const balances = await acme.trialBalance();
      differences.push(...balances.map(({ difference }) => difference));
      reads += 1;
      // The reads are to come between the writes, not instead of them.
      await delay(300);
    }
  })();

  const answers = await Promise.all(
    requests.flatMap(({ key, copies, body }) =>
      Array.from({ length: copies }, () => acme.pay(body, { key })),
    ),
  );
  expect(answers.every(({ status }) => status === 202)).toBe(true);
  const ids = [...new Set(answers.map(({ json }) => json.id))];
  expect(ids).toHaveLength(payments);
  const statuses = new Map<string, string>();
  await until(
    'the end of all payments',
    async () => {
      for (const id of ids.filter((other) => statuses.get(other) !== 'captured')) {
        const types = (await acme.events(id)).map(({ type }) => type);
        statuses.set(id, types.at(-1) === 'payment.captured' ? 'captured' : types.join(' '));
      }
      const unfinished = [...statuses].filter(([, status]) => status !== 'captured');
      // A PSP that is this busy may answer too late: that is unknown, and inquiries find out.
      if (unfinished.some(([, status]) => /failed|parked/.test(status))) {
        throw new Error(`not captured: ${JSON.stringify(unfinished)}`);
      }
      return unfinished.length === 0 ? true : null;
    },
    { withinMs: 180_000, everyMs: 1_000 },
  );

  const book = await until(
    'the ledger to have all of them',
    async () => {
      const all = await acme.trialBalance();
      const found = all.find((balance) => balance.currency === currency);
      const captured = payments * amount;
      const fees = payments * 29;
      return found?.credits_posted === captured + fees && found.credits_pending === 0
        ? found
        : null;
    },
    { withinMs: 120_000 },
  );
  running = false;
  await watch;
  expect(book).toMatchObject({ debits_pending: 0, credits_pending: 0, difference: 0 });
  expect(reads).toBeGreaterThan(3);
  expect(differences.filter((difference) => difference !== 0)).toEqual([]);
  expect((await acme.account(`merchant_payable.${currency}`)).json.balance).toBe(
    payments * (amount - 29),
  );

  for (const id of ids) {
    const response = await fetch(`${stack.simulatorUrl}/operations/${operationId(id, 'charge')}`);
    expect(await response.json()).toMatchObject({ effects: 1 });
  }
  const totals = (await (await fetch(`${stack.simulatorUrl}/totals`)).json()) as Record<
    string,
    unknown
  >;
  expect(totals[currency]).toMatchObject({ captured: payments * amount, refunded: 0 });
});
