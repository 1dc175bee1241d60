import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListExecutionsCommand, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { LOCAL_REGION } from '../../../local/target.ts';
import { machineNames } from '../../../shared/domain/saga/sagas.ts';
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
  for await (const text of histories(stack)) {
    search.look('executions', text, 'an execution');
  }
  for (const group of await logGroups(stack)) {
    for (const line of await logOf(stack, group)) {
      search.look('lines of logs', line, group);
    }
  }
  const own = readdirSync(stack.stateDir).filter((name) => name.endsWith('.log'));
  for (const name of own) {
    search.look('files of logs', readFileSync(join(stack.stateDir, name), 'utf8'), name);
  }
  return search.result();
}

/** The history of every execution, its input and what each task answered in it. */
async function* histories(stack: ChaosStack): AsyncGenerator<string> {
  const { machines: client } = stack.aws;
  for (const machine of machineNames) {
    const stateMachineArn = machineArn(stack, machine);
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 1_000 }),
    );
    for (const { executionArn } of executions) {
      for await (const page of paginateGetExecutionHistory(
        { client, pageSize: 1_000 },
        { executionArn, includeExecutionData: true },
      )) {
        yield JSON.stringify(page.events);
      }
    }
  }
}

interface LogPage {
  readonly logGroups?: readonly { readonly logGroupName: string }[];
  readonly events?: readonly { readonly message: string }[];
  readonly nextToken?: string;
}

/** CloudWatch Logs over plain HTTP: the project has no client of it. */
async function logs({ endpoint }: ChaosStack, action: string, body: object): Promise<LogPage> {
  const scope = `test/20260101/${LOCAL_REGION}/logs/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${action}`,
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as LogPage;
}

async function logGroups(stack: ChaosStack): Promise<string[]> {
  const { logGroups: groups = [] } = await logs(stack, 'DescribeLogGroups', {});
  return groups.map(({ logGroupName }) => logGroupName);
}

async function logOf(stack: ChaosStack, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs(stack, 'FilterLogEvents', {
      logGroupName,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    lines.push(...(page.events ?? []).map(({ message }) => message));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}
