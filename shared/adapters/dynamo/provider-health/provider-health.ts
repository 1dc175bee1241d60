import {
  type DynamoDBClient,
  GetItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { intervalUs, toleranceUs } from '../../../domain/provider/rate.ts';
import type { ProviderHealth } from '../../../ports/provider-health.ts';
import { updateIf } from '../update-if.ts';
import { breakerOf, updateOf } from './breaker-item.ts';
import { breakerKeyOf, numberOf, rateKeyOf, slotKeyOf } from './health-keys.ts';

export interface DynamoHealthOptions {
  readonly table: string;
  /** How long one call may take before it ends as an error: a payment waits for it. */
  readonly callTimeoutMs: number;
}

type Update = Omit<UpdateItemCommandInput, 'TableName'>;

/** The health of PSPs in the table `providers`. */
export function dynamoProviderHealth(
  client: DynamoDBClient,
  { table, callTimeoutMs }: DynamoHealthOptions,
): ProviderHealth {
  const inTime = () => ({ abortSignal: AbortSignal.timeout(callTimeoutMs) });

  /** The item after the update; or, as it then is, when the condition did not hold. */
  const update = (input: Update) =>
    updateIf(client, { TableName: table, ReturnValues: 'ALL_NEW', ...input }, inTime());

  return {
    breaker: async (provider) => {
      const command = new GetItemCommand({
        TableName: table,
        Key: breakerKeyOf(provider),
        ConsistentRead: true,
      });
      const { Item } = await client.send(command, inTime());
      return breakerOf(Item);
    },
    change: async (provider, change) => {
      const { written, item } = await update({ Key: breakerKeyOf(provider), ...updateOf(change) });
      return { applied: written, breaker: breakerOf(item) };
    },
    takeSlot: async (provider, slot, { holder, nowMs, untilMs }) => {
      const { written } = await update(takeSlot(provider, slot, { holder, nowMs, untilMs }));
      return written;
    },
    releaseSlot: async (provider, slot, holder) => {
      await update(releaseSlot(provider, slot, holder));
    },
    takeToken: async (provider, limit, nowMs) => {
      const bucket = { intervalUs: intervalUs(limit), nowUs: nowMs * 1_000 };
      const latestUs = bucket.nowUs + toleranceUs(limit);
      const full = await update(takeFromFull(provider, bucket));
      if (full.written) {
        return true;
      }
      if (Number(full.item?.tat?.N) > latestUs) {
        return false;
      }
      return (await update(takeFromRest(provider, bucket, latestUs))).written;
    },
  };
}

/**
 * Two calls want one slot; and a third, after the second crashed in it:
 *
 *     A  take it if until <= now   ---- written
 *     B     take it if until <= now   ---- refused: A's lease runs; it tries another slot
 *     C                                  (the lease ends)  take it if until <= now   ---- written
 */
function takeSlot(
  provider: string,
  slot: number,
  { holder, nowMs, untilMs }: { holder: string; nowMs: number; untilMs: number },
): Update {
  const wasNeverTaken = 'attribute_not_exists(pk)';
  const leaseIsOver = '#until <= :now';
  const isMineAlready = '#holder = :holder';
  return {
    Key: slotKeyOf(provider, slot),
    UpdateExpression: 'SET #holder = :holder, #until = :until',
    ConditionExpression: `${wasNeverTaken} OR ${leaseIsOver} OR ${isMineAlready}`,
    ExpressionAttributeNames: { '#holder': 'holder', '#until': 'until' },
    ExpressionAttributeValues: {
      ':holder': { S: holder },
      ':now': numberOf(nowMs),
      ':until': numberOf(untilMs),
    },
  };
}

/** The item stays, with a lease that is over: whoever has another's slot by then keeps it. */
function releaseSlot(provider: string, slot: number, holder: string): Update {
  const isStillMine = '#holder = :holder';
  return {
    Key: slotKeyOf(provider, slot),
    UpdateExpression: 'SET #until = :over',
    ConditionExpression: isStillMine,
    ExpressionAttributeNames: { '#holder': 'holder', '#until': 'until' },
    ExpressionAttributeValues: { ':holder': { S: holder }, ':over': numberOf(0) },
  };
}

interface Bucket {
  readonly intervalUs: number;
  readonly nowUs: number;
}

/**
 * Two calls find the bucket full. It is asked for in this order, as the TAT only ever grows: a bucket
 * that was not full at the first question cannot be full at the second, whatever came between, so a
 * refusal of the second means that there is no token:
 *
 *     A  if TAT < now: now + interval   ---- written
 *     B     if TAT < now: now + interval   ---- refused: TAT is A's
 *     B                  if now <= TAT <= now + tolerance: TAT + interval   ---- written
 */
function takeFromFull(provider: string, { intervalUs, nowUs }: Bucket): Update {
  const wasNeverUsed = 'attribute_not_exists(pk)';
  const isFull = '#tat < :now';
  return {
    Key: rateKeyOf(provider),
    UpdateExpression: 'SET #tat = :next',
    ConditionExpression: `${wasNeverUsed} OR ${isFull}`,
    ExpressionAttributeNames: { '#tat': 'tat' },
    ExpressionAttributeValues: { ':now': numberOf(nowUs), ':next': numberOf(nowUs + intervalUs) },
  };
}

function takeFromRest(provider: string, { intervalUs, nowUs }: Bucket, latestUs: number): Update {
  const isNotFull = '#tat >= :now';
  const hasAToken = '#tat <= :latest';
  return {
    Key: rateKeyOf(provider),
    UpdateExpression: 'SET #tat = #tat + :interval',
    ConditionExpression: `${isNotFull} AND ${hasAToken}`,
    ExpressionAttributeNames: { '#tat': 'tat' },
    ExpressionAttributeValues: {
      ':now': numberOf(nowUs),
      ':latest': numberOf(latestUs),
      ':interval': numberOf(intervalUs),
    },
  };
}
