import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

/** What became of an update on a condition. */
interface Updated {
  readonly written: boolean;
  /** As `ReturnValues` has it; or, when the condition did not hold, the item as it then is. */
  readonly item: Record<string, AttributeValue> | undefined;
}

/** Updates an item on a condition. That it does not hold is an answer; anything else is thrown. */
export async function updateIf(
  client: DynamoDBClient,
  input: UpdateItemCommandInput,
  options: { readonly abortSignal?: AbortSignal } = {},
): Promise<Updated> {
  try {
    const { Attributes } = await client.send(
      new UpdateItemCommand({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ...input }),
      options,
    );
    return { written: true, item: Attributes };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return { written: false, item: error.Item };
    }
    throw error;
  }
}
