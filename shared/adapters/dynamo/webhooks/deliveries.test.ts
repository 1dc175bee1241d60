import type { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import {
  aWebhookEndpoint,
  aWebhookEvent,
  webhookTerms as terms,
} from '../../../../test/support/webhooks.ts';
import { type Delivery, deliveryOf } from '../../../domain/webhook/delivery.ts';
import { dynamoWebhookDeliveries } from './deliveries.ts';

const endpoint = aWebhookEndpoint('one');
const newestFirst = [5, 4, 3, 2, 1].map((ms) =>
  deliveryOf(aWebhookEvent(ms), endpoint, { time: endpoint.created, terms }),
);

/** DynamoDB with items of which two are more than 1 MB. */
const send = async ({ input }: QueryCommand) => {
  const after = input.ExpressionAttributeValues?.[':after']?.S;
  const left = newestFirst.filter(({ id }) => after === undefined || id < after);
  const page = left.slice(0, Math.min(2, input.Limit ?? 2));
  const keyOf = ({ id }: Delivery) => ({ pk: { S: 'a list' }, sk: { S: id } });
  return {
    Items: page.map((one) => ({ ...keyOf(one), data: { S: JSON.stringify(one) } })),
    ...(page.length < left.length ? { LastEvaluatedKey: keyOf(page.at(-1) as Delivery) } : {}),
  };
};

it('a page that DynamoDB ends early, as it is too large, has a next one', async () => {
  const { list } = dynamoWebhookDeliveries({ send } as unknown as DynamoDBClient, 'webhooks');
  const sizes: number[] = [];
  const seen: Delivery[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({
      tenant: endpoint.tenant,
      endpointId: endpoint.id,
      limit: 100,
      after,
    });
    sizes.push(page.items.length);
    seen.push(...page.items);
    after = page.next;
  } while (after !== null);
  expect(sizes).toEqual([2, 2, 1]);
  expect(seen).toEqual(newestFirst);
});
