import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

/**
 * Puts an item over the version of it that was read. Two that read version 4 write one after the
 * other:
 *
 *     A  put 5 if it is 4   ---- written
 *     B     put 5 if it is 4   ---- refused: it is 5; so is one that was deleted meanwhile
 */
export async function putOver(
  client: DynamoDBClient,
  table: string,
  item: Record<string, AttributeValue>,
  versionBefore: number,
): Promise<'written' | 'refused'> {
  const unchangedSinceRead = '#version = :before';
  return writtenUnless('refused', () =>
    client.send(
      new PutItemCommand({
        TableName: table,
        Item: item,
        ConditionExpression: unchangedSinceRead,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(versionBefore) } },
      }),
    ),
  );
}

/** Puts an item that is not there yet. */
export async function putNew(
  client: DynamoDBClient,
  table: string,
  item: Record<string, AttributeValue>,
): Promise<'written' | 'there'> {
  const isNotThere = 'attribute_not_exists(pk)';
  return writtenUnless('there', () =>
    client.send(
      new PutItemCommand({ TableName: table, Item: item, ConditionExpression: isNotThere }),
    ),
  );
}

async function writtenUnless<Refusal extends string>(
  refusal: Refusal,
  put: () => Promise<unknown>,
): Promise<'written' | Refusal> {
  try {
    await put();
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return refusal;
    }
    throw error;
  }
}
