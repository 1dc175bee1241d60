import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoSubjects } from '../../shared/adapters/dynamo/audit/subjects.ts';
import { eventOf } from '../../shared/adapters/dynamo/payments/event-item.ts';
import { dynamoPaymentStore } from '../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoPayoutStore } from '../../shared/adapters/dynamo/payments/payout-store.ts';
import type { PaymentEvent } from '../../shared/contracts/events/payment-events.ts';
import { UnreadableVersion } from '../../shared/contracts/events/upcast.ts';
import { Payment as PaymentAnswer } from '../../shared/contracts/payment.ts';
import { findings } from '../../shared/domain/audit/report.ts';
import { auditSubject } from '../../shared/domain/audit/subject.ts';
import { paymentEventVersion } from '../../shared/domain/event-versions.ts';
import { paymentId } from '../../shared/domain/ids.ts';
import { foldPayment } from '../../shared/domain/payment/fold.ts';
import { renderPayment } from '../../shared/domain/payment/state.ts';
import { foldPayout } from '../../shared/domain/payout/fold.ts';
import type { StoredSubject } from '../../shared/ports/audit.ts';
import { memoryApi, withKey } from '../support/api/memory-api.ts';
import {
  aLife,
  asOf,
  readPayments,
  readPayouts,
  type StoredLife,
  storedLives,
} from './fixtures.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** A table that holds what was stored of some lives, as far as it is read by keys or whole. */
function tableOf(lives: readonly StoredLife[]): DynamoDBClient {
  const items: readonly Item[] = lives.flatMap(({ events, state }) => [...events, state]);
  const send = async ({ input }: { readonly input: Record<string, unknown> }) => {
    const key = input.Key as Item | undefined;
    const values = input.ExpressionAttributeValues as Item | undefined;
    const inPartition = (pk: AttributeValue | undefined) =>
      items.filter((item) => item.pk?.S === pk?.S);
    if (key) {
      return { Item: inPartition(key.pk).find(({ sk }) => sk?.S === key.sk?.S) };
    }
    return 'KeyConditionExpression' in input
      ? {
          Items: inPartition(values?.[':subject'] ?? values?.[':pk']).filter(({ sk }) =>
            sk?.S?.startsWith('EVENT#'),
          ),
        }
      : { Items: items };
  };
  return Object.assign(new DynamoDBClient({ region: 'us-east-1' }), { send });
}

const tables = { payments: 'payments' };
const old = readPayments.filter(({ version }) => version === 1);

describe('a store with items of every version', () => {
  it.each(readPayments)('loads $name as it would be stored now', async (life) => {
    const store = dynamoPaymentStore(tableOf([life]), tables);
    const id = life.readState.id;
    const [state, events] = [await store.load(id), await store.events(id)];
    expect(state).toEqual(foldPayment(events));
    expect(state && PaymentAnswer.safeParse(renderPayment(state)).success).toBe(true);
  });

  it.each(readPayouts)('loads $name as it would be stored now', async (life) => {
    const store = dynamoPayoutStore(tableOf([life]), tables);
    const id = life.readState.id;
    expect(await store.load(id)).toEqual(foldPayout(await store.events(id)));
  });

  it('passes the audit', async () => {
    const found = findings();
    let audited = 0;
    // One after the other: lives of several versions may be of one payment.
    for (const life of storedLives) {
      for await (const subject of dynamoSubjects(tableOf([life]), 'payments').all()) {
        expect(subject).toMatchObject({ unreadable: null });
        auditSubject(subject, { transfers: [], leastVersion: 0 }, found);
        audited += 1;
      }
    }
    expect(audited).toBe(storedLives.length);
    expect(found.listed).toEqual([]);
  });

  it('does not pass the audit when an old state was changed', async () => {
    const life = aLife(1);
    const state = JSON.parse(life.state.data?.S ?? '');
    const changed = { ...state, request: { ...state.request, amount: state.request.amount + 1 } };
    const tampered = {
      ...life,
      state: { ...life.state, data: { S: JSON.stringify(changed) } },
    };
    const found = findings();
    const subjects: StoredSubject[] = [];
    for await (const subject of dynamoSubjects(tableOf([tampered]), 'payments').all()) {
      subjects.push(subject);
      auditSubject(subject, { transfers: [], leastVersion: 0 }, found);
    }
    expect(subjects).toHaveLength(1);
    expect(found.count()).toBeGreaterThan(0);
  });

  it('refuses an event of a later version, and says which it reads', async () => {
    const life = aLife(paymentEventVersion);
    const later = life.events.map((item) => ({ ...item, version: { N: '99' } }));
    const store = dynamoPaymentStore(tableOf([{ ...life, events: later }]), tables);
    const id = (life.state.pk?.S ?? '').replace('PAYMENT#', '');
    await expect(store.events(id)).rejects.toThrow(UnreadableVersion);
    await expect(store.events(id)).rejects.toThrow(
      /^a payment event of version 99, and this code reads none later than \d+$/,
    );
  });
});

describe('a payment that was accepted before customers could be named', () => {
  it.each(old)('is what its request meets again: $name', async (life) => {
    const api = memoryApi();
    const id = paymentId('acme', 'k');
    const { events, state } = asOf(life, id, 'acme');
    const [first] = events.map((item) => eventOf<PaymentEvent>(item)) as [PaymentEvent];
    const { customer: _, ...body } = JSON.parse(state.data?.S ?? '').request;
    const after = foldPayment([first]);
    await api.store.accept({ before: null, after, event: first, transfers: [] } as never);

    const again = await api.pay(body, withKey('k'));
    expect(again).toMatchObject({
      status: 202,
      json: { ...first.data.payment, customer: null },
      headers: { 'Idempotent-Replayed': 'true' },
    });
    expect(again.text).toBe(JSON.stringify(first.data.payment));
    expect((await api.pay({ ...body, customer: null }, withKey('k'))).text).toBe(again.text);

    const other = await api.pay({ ...body, customer: { id: 'somebody' } }, withKey('k'));
    expect(other).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
  });
});
