import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { RefundApproval } from '../../../domain/access/approval.ts';
import type { OperatorApproval } from '../../../domain/access/operator-approval.ts';
import type { Approvals } from '../../../ports/access/approvals.ts';

type Item = Record<string, AttributeValue>;

/** A kind of approval: the sort key of its items, so that none is found as one of another kind. */
interface Kind<Approval> {
  readonly sk: string;
  readonly itemOf: (approval: Approval) => Item;
  readonly approvalOf: (item: Readonly<Item>) => Approval;
}

/** Of refunds: `APPROVAL#<id> / APPROVAL`; `used_by` is the operation that has it. */
export function dynamoApprovals(client: DynamoDBClient, table: string): Approvals {
  return approvalsOf(client, table, { sk: 'APPROVAL', itemOf, approvalOf });
}

/** Of what operators do: `APPROVAL#<id> / OPERATOR_APPROVAL`. */
export function dynamoOperatorApprovals(
  client: DynamoDBClient,
  table: string,
): Approvals<OperatorApproval> {
  const kind = { sk: 'OPERATOR_APPROVAL', itemOf: actItemOf, approvalOf: actApprovalOf };
  return approvalsOf(client, table, kind);
}

/**
 * The approvals on DynamoDB, in the access table, with `used_by`, what each was used for. Written by
 * updates alone, which is what functions may do there.
 */
function approvalsOf<Approval extends { readonly id: string }>(
  client: DynamoDBClient,
  table: string,
  { sk, itemOf, approvalOf }: Kind<Approval>,
): Approvals<Approval> {
  const keyOf = (id: string) => ({ pk: { S: `APPROVAL#${id}` }, sk: { S: sk } });
  return {
    create: async (approval) => {
      const isNotThere = 'attribute_not_exists(pk)';
      const entries = Object.entries(itemOf(approval));
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(approval.id),
            UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
            ConditionExpression: isNotThere,
            ExpressionAttributeNames: Object.fromEntries(
              entries.map(([name]) => [`#${name}`, name]),
            ),
            ExpressionAttributeValues: Object.fromEntries(
              entries.map(([name, value]) => [`:${name}`, value]),
            ),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return approval;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException && error.Item) {
          return approvalOf(error.Item);
        }
        throw error;
      }
    },
    find: async (id) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }),
      );
      return Item ? approvalOf(Item) : null;
    },
    /*
     * Two refunds with one approval:
     *
     *   A: finds it, unused | binds it: it is A's | is requested
     *   B:     finds it, unused |                   binds it: refused, it is A's
     *   A, said again:                                       binds it: it is A's already
     */
    bind: async (id, use) => {
      const isThere = 'attribute_exists(pk)';
      const isFreeOrItsOwn = '(attribute_not_exists(#used_by) OR #used_by = :use)';
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(id),
            UpdateExpression: 'SET #used_by = :use',
            ConditionExpression: `${isThere} AND ${isFreeOrItsOwn}`,
            ExpressionAttributeNames: { '#used_by': 'used_by' },
            ExpressionAttributeValues: { ':use': { S: use } },
          }),
        );
        return 'bound';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
          return 'used';
        }
        throw error;
      }
    },
  };
}

function itemOf(approval: RefundApproval): Item {
  return {
    id: { S: approval.id },
    tenant: { S: approval.tenant },
    payment_id: { S: approval.paymentId },
    amount: { N: String(approval.amountMinor) },
    currency: { S: approval.currency },
    reason: { S: approval.reason },
    approved_by: { S: approval.approvedBy },
    created: { S: approval.created },
    expires: { S: approval.expires },
    request_hash: { S: approval.requestHash },
  };
}

function approvalOf(item: Readonly<Item>): RefundApproval {
  const text = (name: string) => item[name]?.S ?? '';
  return {
    id: text('id'),
    tenant: text('tenant'),
    paymentId: text('payment_id'),
    amountMinor: Number(item.amount?.N),
    currency: text('currency') as RefundApproval['currency'],
    reason: text('reason'),
    approvedBy: text('approved_by'),
    created: text('created'),
    expires: text('expires'),
    requestHash: text('request_hash'),
  };
}

function actItemOf(approval: OperatorApproval): Item {
  return {
    id: { S: approval.id },
    act: { S: approval.act },
    subject: { S: approval.subject },
    outcome: approval.outcome === null ? { NULL: true } : { S: approval.outcome },
    provider_reference:
      approval.providerReference === null ? { NULL: true } : { S: approval.providerReference },
    force: { BOOL: approval.force },
    reason: { S: approval.reason },
    approved_by: { S: approval.approvedBy },
    created: { S: approval.created },
    expires: { S: approval.expires },
    request_hash: { S: approval.requestHash },
  };
}

function actApprovalOf(item: Readonly<Item>): OperatorApproval {
  const text = (name: string) => item[name]?.S ?? '';
  return {
    id: text('id'),
    act: text('act') as OperatorApproval['act'],
    subject: text('subject'),
    outcome: (item.outcome?.S ?? null) as OperatorApproval['outcome'],
    providerReference: item.provider_reference?.S ?? null,
    force: item.force?.BOOL ?? false,
    reason: text('reason'),
    approvedBy: text('approved_by'),
    created: text('created'),
    expires: text('expires'),
    requestHash: text('request_hash'),
  };
}
