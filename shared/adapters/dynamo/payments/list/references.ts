import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { FindByReference } from '../../../../ports/payments.ts';

/**
 * Where a merchant reference says which payment has it. Encoded, so that no tenant's name can end in the
 * middle of another's reference.
 */
export function referenceKey(tenant: string, reference: string) {
  return {
    pk: { S: `REFERENCE#${encodeURIComponent(tenant)}#${reference}` },
    sk: { S: 'REFERENCE' },
  };
}

export function dynamoReferences(client: DynamoDBClient, table: string): FindByReference {
  return async (tenant, reference) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: referenceKey(tenant, reference),
        ConsistentRead: true,
      }),
    );
    return Item?.payment_id?.S ?? null;
  };
}
