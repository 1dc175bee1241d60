import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineNames } from '../../../shared/domain/saga/sagas.ts';
import { historiesOf } from '../../support/deployed/histories.ts';
import { linesOf, logGroups } from '../../support/deployed/log-groups.ts';
import { legitimateMark } from '../plan/plan.ts';
import type { Evidence, Exchange } from '../proof/evidence.ts';
import type { ChaosStack } from '../stack/chaos-stack.ts';
import type { Merchants } from '../stack/driver.ts';
import { machineArn, scan } from '../stack/looks.ts';
import { searchFor } from './search.ts';

/** A number that passes for a card's, made from a seed: there is none in the source. */
export function cardNumberOf(seed: number): string {
  const body = `4${String(100_000_000_000 + seed * 7_919).slice(-11)}314`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const checkValueMark = 'cvv-canary';

/** Sends what nobody may send: card numbers and check values in every place that takes text. */
export async function sendCanaries(merchants: Merchants, tenant: string, seed: number) {
  const card = cardNumberOf(seed);
  const body = { amount: 100, currency: 'EUR', payment_method: 'tok_approve' };
  const bodies = [
    { ...body, metadata: { note: `my card is ${card}` } },
    { ...body, merchant_reference: card },
    { ...body, payment_method: `tok_${card}` },
    { ...body, card: { number: card, cvv: checkValueMark } },
    { ...body, cvv: checkValueMark },
  ];
  const answers: Exchange[] = [];
  for (const [index, canary] of bodies.entries()) {
    const key = `canary-${seed}-${index}`;
    answers.push(
      await merchants.ask({ tenant, route: '/payments', key, body: canary }, 'other body'),
    );
  }
  return answers;
}

/** Looks for API keys, card numbers and check values in everything that the stacks keep or tell. */
export async function searchForSecrets(
  stack: ChaosStack,
  {
    seed,
    messages,
    answers,
  }: {
    readonly seed: number;
    /** Of queues, and beside them. */
    readonly messages: readonly string[];
    readonly answers: readonly string[];
  },
): Promise<Evidence['secrets']> {
  const search = searchFor(
    [
      { what: 'a card number', text: cardNumberOf(seed) },
      { what: 'a check value', text: checkValueMark },
      ...[...stack.apiKeys].map(([tenant, text]) => ({ what: `the API key of ${tenant}`, text })),
    ],
    legitimateMark,
  );
  for (const table of Object.keys(stack.outputs).filter((name) => name.endsWith('TableName'))) {
    for await (const item of scan(stack, table)) {
      search.look('items of tables', JSON.stringify(item), table);
    }
  }
  for (const message of messages) {
    search.look('messages', message, 'a queue');
  }
  for (const answer of answers) {
    search.look('answers', answer, 'an answer');
  }
  const machines = machineNames.map((name) => machineArn(stack, name));
  for await (const text of historiesOf(stack.aws.machines, machines)) {
    search.look('executions', text, 'an execution');
  }
  for (const group of await logGroups(stack.endpoint)) {
    for (const line of await linesOf(stack.endpoint, group)) {
      search.look('lines of logs', line, group);
    }
  }
  const own = readdirSync(stack.stateDir).filter((name) => name.endsWith('.log'));
  for (const name of own) {
    search.look('files of logs', readFileSync(join(stack.stateDir, name), 'utf8'), name);
  }
  return search.result();
}
