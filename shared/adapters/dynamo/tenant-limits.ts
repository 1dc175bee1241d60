import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { tokensLeft } from '../../domain/access/limits.ts';
import { intervalUs, toleranceUs } from '../../domain/provider/rate.ts';
import type { LeaseTokens, TokenLease } from '../../ports/access/tenant-limits.ts';

/**
 * A try fails when the bucket is not as it was last seen, and tells how it is: so the second is right
 * unless others came between, and they are few at a bucket that is not short.
 */
const tries = 4;

/**
 * The buckets of tenants in the access table, `LIMIT#<bucket> / LIMIT`: one number, the TAT of the
 * bucket in microseconds. A lease is one conditional update, two when the bucket was last seen full
 * and is not any more.
 */
export function dynamoTenantLimits(
  client: DynamoDBClient,
  { table, callTimeoutMs }: { readonly table: string; readonly callTimeoutMs: number },
): LeaseTokens {
  return async (lease) => {
    const nowUs = lease.nowMs * 1_000;
    let seenUs = lease.lastTatUs;
    for (let attempt = 0; attempt < tries; attempt++) {
      const left = tokensLeft(seenUs, nowUs, lease.limit);
      const some = Math.min(lease.tokens, left - lease.keep);
      if (some < 1) {
        return { tokens: 0, tatUs: seenUs };
      }
      const isFull = seenUs === null || seenUs < nowUs;
      const update = (isFull ? takeFromFull : takeFromRest)(lease, some, nowUs);
      try {
        const command = new UpdateItemCommand({
          TableName: table,
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ...update,
        });
        const abortSignal = AbortSignal.timeout(callTimeoutMs);
        const { Attributes } = await client.send(command, { abortSignal });
        return { tokens: some, tatUs: Number(Attributes?.tat?.N) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
          throw error;
        }
        seenUs = error.Item?.tat?.N === undefined ? null : Number(error.Item.tat.N);
      }
    }
    throw new Error('others came first at each try to lease tokens');
  };
}

type Update = Omit<UpdateItemCommandInput, 'TableName'>;

/**
 * Two processes take from one bucket, which both saw full. The TAT only grows while its time passes,
 * so each refusal tells which of the two updates is right now, and how many tokens there are:
 *
 *     A  if TAT < now: now + 5 intervals   ---- written
 *     B     if TAT < now: now + 5 intervals   ---- refused: TAT is A's
 *     B                  if now <= TAT <= now + what leaves 5: TAT + 5 intervals   ---- written
 */
function takeFromFull({ bucket, limit }: TokenLease, tokens: number, nowUs: number): Update {
  const wasNeverUsed = 'attribute_not_exists(pk)';
  const isFull = '#tat < :now';
  return {
    Key: keyOf(bucket),
    UpdateExpression: 'SET #tat = :next',
    ConditionExpression: `${wasNeverUsed} OR ${isFull}`,
    ExpressionAttributeNames: { '#tat': 'tat' },
    ExpressionAttributeValues: {
      ':now': { N: String(nowUs) },
      ':next': { N: String(nowUs + tokens * intervalUs(limit)) },
    },
  };
}

function takeFromRest({ bucket, limit, keep }: TokenLease, tokens: number, nowUs: number): Update {
  const isNotFull = '#tat >= :now';
  const hasAsMany = '#tat <= :latest';
  return {
    Key: keyOf(bucket),
    UpdateExpression: 'SET #tat = #tat + :taken',
    ConditionExpression: `${isNotFull} AND ${hasAsMany}`,
    ExpressionAttributeNames: { '#tat': 'tat' },
    ExpressionAttributeValues: {
      ':now': { N: String(nowUs) },
      ':latest': { N: String(nowUs + toleranceUs(limit, tokens + keep)) },
      ':taken': { N: String(tokens * intervalUs(limit)) },
    },
  };
}

function keyOf(bucket: string) {
  return { pk: { S: `LIMIT#${bucket}` }, sk: { S: 'LIMIT' } };
}
