import { randomUUID } from 'node:crypto';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { armFault, clearFaults } from '../../local/faults.ts';
import { paymentEventSource } from '../../shared/contracts/events/sources.ts';
import { positionOf } from '../../shared/domain/ledger/fold/sequence.ts';
import { delivered, givenUp } from '../support/dead-letters/letters.ts';
import { apiClient } from '../support/deployed/api.ts';
import { deployedEdge, dlq, giveUp, placesOf } from '../support/deployed/dead-letters.ts';
import { awsClientConfig, outputOf, stack, tenantOf } from '../support/deployed/stack.ts';
import { until } from '../support/deployed/until.ts';
import { verify } from '../support/deployed/verify.ts';

const acme = apiClient(stack.apiUrl, tenantOf(0).apiKey);

interface Listed {
  readonly id: string;
  readonly about: readonly { readonly id: string }[];
  readonly at_risk: readonly { readonly amount: number; readonly currency: string }[];
  readonly reason: string;
  readonly verdict: { readonly kind: string; readonly redo: string };
}

afterEach(() => {
  clearFaults(stack.stateDir);
  vi.unstubAllEnvs();
});

async function listed(queue: string): Promise<Listed[]> {
  const { lines } = await dlq('list', '--json', '--queue', queue);
  return JSON.parse(lines[0] ?? '').queues[0].letters;
}

async function paid(currency: string) {
  const { json } = await acme.pay({ amount: 300, currency, payment_method: 'tok_approve' });
  return acme.settled(json.id);
}

/** The fees of a currency, as far as they are in the books: each payment of 3.00 has one. */
async function feesIn(currency: string): Promise<number> {
  const { json } = await acme.account(`fee_revenue.${currency}`);
  return json.credits_posted ?? 0;
}

describe('a poison event', () => {
  let poisonLetter = '';

  it('lands in the dead letters with its reason, while its neighbours pass', async () => {
    const bus = new EventBridgeClient(awsClientConfig);
    const poison = { id: randomUUID(), type: 'payment.captured', tenant: tenantOf(0).id, data: {} };
    const before = await paid('PLN');
    await bus.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: outputOf('BusName'),
            Source: paymentEventSource,
            DetailType: 'payment.captured',
            Detail: JSON.stringify({ ...poison, subject: before.id }),
          },
        ],
      }),
    );
    const after = await paid('PLN');
    const letter = await until('the dead letter', async () => {
      const letters = await listed('payments-project-list');
      return letters.find(({ about }) => about.some(({ id }) => id === before.id));
    });
    poisonLetter = letter.id;
    expect(letter).toMatchObject({
      about: [{ kind: 'payment', id: before.id }],
      at_risk: [{ amount: 300, currency: 'PLN' }],
      reason: expect.stringMatching(/^Poison: not an event of the contract: /),
      verdict: { kind: 'fails_again', redo: 'unsafe' },
    });
    await until('the neighbours to be in the list', async () => {
      const { json } = await acme.get<{ data: { id: string; status: string }[] }>(
        '/payments?status=captured&limit=100',
      );
      const ids = json.data.map(({ id }) => id);
      return ids.includes(before.id) && ids.includes(after.id) ? true : null;
    });
  });

  it('is shown, refused, and discarded with a reason that goes on record', async () => {
    const id = poisonLetter;
    const { text } = await dlq('show', id);
    expect(text).toContain('is captured at version');
    expect(text).toContain('is not of the contract, and is not shown');
    expect(await dlq('redrive', id, '--yes')).toMatchObject({
      code: 1,
      text: expect.stringContaining('refused'),
    });
    const discard = ['discard', id, '--reason', 'sent by this test', '--by', 'ada'];
    expect((await dlq(...discard)).code).toBe(0);
    expect(await dlq(...discard)).toMatchObject({
      code: 0,
      text: expect.stringContaining('ada wanted it discarded'),
    });
    expect((await listed('payments-project-list')).map((letter) => letter.id)).not.toContain(id);
    const { lines } = await dlq('log', '--json');
    expect(JSON.parse(lines[0] ?? '').acts[0]).toMatchObject({
      action: 'dlq.discard',
      subject: id,
      by: 'ada',
      reason: 'sent by this test',
    });
  });
});

describe('an event that was given up', () => {
  it('is redriven to its consumer, which has nothing left to say of it', async () => {
    const payment = await paid('CZK');
    const events = await acme.events(payment.id);
    const edge = deployedEdge('payments-project-list', 'consumer');
    const id = await giveUp(edge, delivered(events.at(-1)));
    const dry = await dlq('redrive', id);
    expect(dry).toMatchObject({ code: 1, text: expect.stringContaining('would be redriven') });
    expect((await dlq('redrive', id, '--yes')).code).toBe(0);
    expect((await listed(edge.name)).map((letter) => letter.id)).not.toContain(id);
    await expect(dlq('show', id)).rejects.toThrow(/me wanted it redriven/);
  });
});

describe('a range of the stream that was given up', () => {
  it('of the relay is published again, and its letter is gone', async () => {
    const payment = await paid('HUF');
    const edge = deployedEdge('payments-relay', 'stream');
    const { shardId, sequences } = await placesOf(edge.stream_arn, (image) =>
      image.includes(payment.id),
    );
    const [first = '', last = ''] = [sequences[0], sequences.at(-1)];
    const range = givenUp(first, last, sequences.length, shardId, edge.stream_arn);
    const id = await giveUp(edge, range);
    const [letter] = await listed(edge.name);
    expect(letter).toMatchObject({
      id,
      about: expect.arrayContaining([{ kind: 'payment', id: payment.id }]),
      verdict: { redo: 'safe' },
    });
    expect(await dlq('redrive', '--queue', edge.name, '--yes')).toMatchObject({ code: 0 });
    expect(await listed(edge.name)).toEqual([]);
  });

  it('of the books is in them once, though later batches are: poison stays, its neighbours pass', async () => {
    const currency = 'PHP';
    const edge = deployedEdge('ledger-fold-balances', 'stream');
    const before = await paid(currency);
    await until('the first payment in the books', async () => (await feesIn(currency)) || null);
    const fee = await feesIn(currency);
    const { shardId } = await placesOf(edge.stream_arn, (image) => image.includes(before.id));

    // As if the range had been given up and later batches had been folded: the position is past it.
    await setPosition(currency, shardId, '9'.repeat(40));
    const lost = await paid(currency);
    // Of a currency that no other test has, as the first: it is in the books when the fold has passed.
    const later = await paid('TWD');
    await until('the fold to have passed', async () => (await feesIn('TWD')) || null);
    expect(await feesIn(currency)).toBe(fee);
    const { sequences } = await placesOf(edge.stream_arn, (image) => image.includes(lost.id));
    const after = await placesOf(edge.stream_arn, (image) => image.includes(later.id));
    const [first = '', last = ''] = [sequences[0], sequences.at(-1)];
    await setPosition(currency, shardId, positionOf(after.sequences.at(-1) ?? ''));

    const range = givenUp(first, last, sequences.length, shardId, edge.stream_arn);
    const id = await giveUp(edge, range);
    const [letter] = await listed(edge.name);
    expect(letter).toMatchObject({
      id,
      about: [{ kind: 'payment', id: lost.id }],
      at_risk: [{ amount: 300, currency }],
      verdict: { kind: 'repeatable', redo: 'safe' },
    });

    // It dies at the whole batch, at its half and at the first record; the others pass.
    const batches = Math.ceil(Math.log2(sequences.length)) + 1;
    armFault({
      stateDir: stack.stateDir,
      functionKey: 'ledger-fold-balances',
      at: 'before-write',
      times: batches,
    });
    const stays = await dlq('redrive', id, '--yes');
    expect(stays.code).toBe(1);
    expect(stays.text).toContain(`${sequences.length - 1} records passed`);
    const [poison, ...others] = await listed(edge.name);
    expect(others).toEqual([]);
    expect(poison?.id).not.toBe(id);

    expect((await dlq('redrive', '--queue', edge.name, '--yes')).code).toBe(0);
    expect(await feesIn(currency)).toBe(2 * fee);
    expect(await dlq('list', '--queue', edge.name)).toMatchObject({ code: 0 });
    const { verdict, differences } = await verify();
    expect([verdict, differences]).toEqual(['clean', []]);
  });
});

async function setPosition(currency: string, shardId: string, position: string): Promise<void> {
  const client = new DynamoDBClient(awsClientConfig);
  await client.send(
    new UpdateItemCommand({
      TableName: outputOf('BooksTableName'),
      Key: { pk: { S: `TENANT#${tenantOf(0).id}` }, sk: { S: `BOOK#${currency}` } },
      UpdateExpression: 'SET #position = :position',
      ExpressionAttributeNames: { '#position': `pos#${shardId}` },
      ExpressionAttributeValues: { ':position': { S: position } },
    }),
  );
  client.destroy();
}
