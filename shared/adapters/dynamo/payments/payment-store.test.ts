import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { aChange } from '../../../../test/conformance/payments/changes.ts';
import { Contention } from '../transact.ts';
import { eventItem } from './event-item.ts';
import { dynamoPaymentStore } from './payment-store.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(async () => {}) }));

const failed = 'ConditionalCheckFailed';
const change = aChange('acme', 'k', { merchant_reference: 'order-1' });
const first = aChange('acme', 'k').event;

/** Takes a payment that DynamoDB refuses for these reasons: of its state, event and reference. */
function acceptRefused(...reasons: CancellationReason[]) {
  const client = {
    send: async () => {
      throw new TransactionCanceledException({
        message: 'canceled',
        $metadata: {},
        CancellationReasons: reasons,
      });
    },
  } as unknown as DynamoDBClient;
  return dynamoPaymentStore(client, { payments: 'payments' }).accept(change);
}

describe('a refused payment', () => {
  const none = { Code: 'None' };
  const reference = { Code: failed, Item: { payment_id: { S: 'the other' } } };

  it('exists when its first event does, whatever its reference is', async () => {
    const event = { Code: failed, Item: eventItem(first) };
    for (const last of [none, reference]) {
      expect(await acceptRefused({ Code: failed }, event, last)).toEqual({ kind: 'exists', first });
    }
  });

  it('has a reference that is taken when that was refused, by whom it says', async () => {
    expect(await acceptRefused(none, none, reference)).toEqual({
      kind: 'reference_taken',
      paymentId: 'the other',
    });
  });

  it.each<[string, CancellationReason[]]>([
    ['only its state', [{ Code: failed }, none, none]],
    ['an event that is not shown', [{ Code: failed }, { Code: failed }]],
    ['a reference that is not shown', [none, none, { Code: failed }]],
    ['a reference without a payment', [none, none, { Code: failed, Item: {} }]],
  ])('for %s is an error that says so, and no taken reference', async (_name, reasons) => {
    await expect(acceptRefused(...reasons)).rejects.toThrow(
      `payment ${change.after.id} was refused, but not for its key or reference: ${reasons.map(({ Code }) => Code).join(', ')}`,
    );
  });

  it('is not refused by a throttle', async () => {
    const reasons = [{ Code: failed }, { Code: 'ThrottlingError' }, none];
    await expect(acceptRefused(...reasons)).rejects.toBeInstanceOf(Contention);
  });
});
